"""What keeps the service usable: a force's accounts, its stations, and the courts of all forces."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from accounts import actions as accounts
from accounts import passwords, policy, queries, sites
from accounts.models import User
from accounts.roles import TAKE_TWO, Permission
from casework import frame, pages
from casework.errors import Refused, WrongState
from casework.lifecycle import Opening
from casework.models import Case
from casework.paging import BadCursor, Keyset
from desk import reach
from desk.forms import AccountForm, AddAccountForm, PlaceForm

P = Permission
INVITED = "invited"
WAITS = "This waits for a second person of your force. Nothing of it works until it is confirmed"


class Accounts(pages.Page):
    """The accounts that the administrator keeps, by name."""

    template_name = "desk/accounts.html"
    title = "Accounts"
    place = "desk:accounts"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = queries.kept_by(request.user)  # type: ignore[arg-type]
        keyset = Keyset(rows.select_related("unit", "organisation"), "name", sparse=False, size=50)
        try:
            page = keyset.page(request.GET.get("page", ""))
        except BadCursor as error:
            raise Http404(str(error)) from error
        user: Any = request.user
        return self.show(
            page=page,
            units=queries.units_of(user),
            changes=list(queries.waiting_changes(user)),
            missing=reach.pressing(user.force, reach.held(user.force_id)),
        )


class Administering(pages.OpeningView):
    """An act on a record that is of no case: the role alone decides, and the record's force."""

    success = "desk:accounts"
    place = "desk:accounts"

    def find(self, pk: UUID) -> Any:
        """The record, for whoever may keep it. Raises Http404."""
        raise NotImplementedError

    def open(self, pk: UUID | None) -> None:
        self.require()
        if pk is not None:
            self.record = self.find(pk)

    def require(self) -> None:
        policy.check_role(self.request.user, self.step.needs)  # type: ignore[arg-type]

    def compare(self, version: int) -> None:
        raise WrongState("What is kept here has no versions. Send it without one.")

    def perform(self, form: Any, *, version: int | None) -> Any:
        try:
            return super().perform(form, version=version)
        except ValidationError as error:
            raise refused(error) from error

    def case_of_page(self) -> Case | None:
        return None

    def get_success_url(self, result: Any = None) -> str:
        return frame.address(self.success)

    def shape(self, record: Model) -> dict[str, Any]:
        return {"id": str(record.pk)}


def refused(error: ValidationError) -> Refused:
    """The first of a record's own errors, at its field."""
    if not hasattr(error, "error_dict"):
        return Refused(None, error.messages[0])
    field, messages = next(iter(error.message_dict.items()))
    return Refused(None if field == "__all__" else field, messages[0])


def waiting_page(request: HttpRequest, account: User | None) -> str:
    """Where an act leads that waits for a second person now; empty where none waits."""
    change = queries.waiting_of(account)
    if change is None:
        return ""
    messages.success(request, WAITS)
    return frame.address("desk:change", pk=change.pk)


class AccountAct(Administering):
    model: ClassVar[type[Model] | None] = User

    def find(self, pk: UUID) -> User:
        return queries.account_or_404(self.request.user, pk)  # type: ignore[arg-type]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waits = queries.waiting_of(self.record)
        used = self.record is not None and queries.was_used(self.record)
        told = {"take_two": TAKE_TWO, "used": used}
        return super().get_context_data(account=self.record, waits=waits, **told, **kwargs)

    def get_success_url(self, result: Any = None) -> str:
        return waiting_page(self.request, result) or super().get_success_url(result)


class AccountFacts(AccountAct):
    """What is asked about an account, with the force's own units and people to choose from."""

    def form_options(self) -> dict[str, Any]:
        user: Any = self.request.user
        own = queries.kept_by(user).filter(force_id=user.force_id, is_active=True)
        return {"units": queries.units_of(user), "managers": own.order_by("name")}


class AddAccount(AccountFacts):
    model = None
    plural = "users"
    step = Opening("add_account", "", P.MANAGE_ACCOUNTS, "add an account")
    act = accounts.add_account
    form_class = AddAccountForm
    title = "Add an account"
    done = "The account is there. Make a link, so that the person can choose a password"


class EditAccount(AccountFacts):
    keeps_omitted = True
    step = Opening("edit_account", "", P.MANAGE_ACCOUNTS, "change an account")
    act = accounts.edit_account
    form_class = AccountForm
    title = "Change an account"
    done = "The account is changed"
    template_name = "desk/account.html"

    def initial(self) -> dict[str, Any]:
        names = (name for name in self.form_class.base_fields if name != "organisation")
        held = {name: getattr(self.record, name) for name in names}
        return held | {"organisation": str(self.record.organisation or "")}


class CloseAccount(AccountAct):
    step = Opening("close_account", "", P.MANAGE_ACCOUNTS, "close an account")
    act = accounts.close_account
    title = "Close an account"
    done = "The account is closed, and signed out everywhere"
    template_name = "desk/account.html"
    warning = True


class ReopenAccount(AccountAct):
    step = Opening("reopen_account", "", P.MANAGE_ACCOUNTS, "open an account again")
    act = accounts.reopen_account
    title = "Open an account again"
    done = "The account can be used again"
    template_name = "desk/account.html"


class AddUnit(Administering):
    model, plural = None, "units"
    step = Opening("add_unit", "", P.MANAGE_ACCOUNTS, "add a unit")
    act, form_class = accounts.add_unit, PlaceForm
    title, done = "Add a unit", "The unit is there. Put people into it, one by one"


class Invite(AccountAct):
    step = Opening("invite", "", P.MANAGE_ACCOUNTS, "make a link")
    act = accounts.invite
    title = "Make a link to choose a password"
    button = "Make the link"
    template_name = "desk/account.html"

    def get_success_url(self, result: Any = None) -> str:
        if result is None or result.invitations == self.record.invitations:
            return super().get_success_url(result)
        self.request.session[INVITED] = str(result.pk)
        return frame.address("desk:invitation", pk=result.pk)


class Invitation(pages.Page):
    """The link, shown once to whoever made it."""

    template_name = "desk/invitation.html"
    title = "A link to choose a password"
    place = "desk:accounts"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        account = queries.account_or_404(request.user, pk)  # type: ignore[arg-type]
        if request.session.pop(INVITED, "") != str(account.pk):
            return HttpResponseRedirect(frame.address("desk:accounts"))
        site = sites.elsewhere(request, account) or request.build_absolute_uri("/")
        return self.show(account=account, link=site.rstrip("/") + passwords.path_of_link(account))


ACTS = (
    AddAccount,
    EditAccount,
    CloseAccount,
    ReopenAccount,
    AddUnit,
    Invite,
)
