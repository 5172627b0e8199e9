"""Pages that do one legal act. A room declares each act once, here, and has its page and its API.

    class Serve(pages.StepView):
        model = Order
        step = lifecycle.SERVE
        act = lifecycle.serve                  # serve(order, *, by, **the form's cleaned values)
        form_class = ServeForm
        title = "Record service"               # the h1; the page's title adds the reference
        button = "Record service"
        done = "Service is recorded"           # said on the page that follows
        success = "orders:service"             # that page, which takes the case's id as `case`

    class Make(pages.OpeningView):
        model = Case                           # what it is opened on; None: on nothing yet
        step = lifecycle.MAKE                  # an Opening
        act = lifecycle.make                   # make(case, *, by, **values) -> Order

    ACTS = (Serve, Make)                       # in urls.py: pages.urls_for(ACTS), api.urls_for(ACTS)

GET shows the form if the act is allowed now, POST takes it and redirects. The record comes through
`policy.open_or_404` and nowhere else. A refusal is a form error with everything typed kept (422), a
stale page is shown again with both texts (409), the wrong state says what it is now (409), and what
the policy forbids says why (403). The same submit twice is one act.
"""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.db.models import Manager, Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from accounts import policy
from accounts.roles import Permission
from casework import forms, frame, guessing, masks, once, openers
from casework.errors import Refused, Stale, WrongState
from casework.lifecycle import Opening, Step, case_id_of, held, lock
from casework.models import Case
from casework.notdone import NotDone
from casework.routes import urls_for
from casework.screens import CasePage, ListByUnit, ListView, Page, rows_of
from casework.typed import KeepsTyped, NotAccepted, refuse, require_readable, seen

__all__ = [
    "ActView",
    "CasePage",
    "ListByUnit",
    "ListView",
    "OpeningView",
    "Page",
    "StepView",
    "urls_for",
]

HIDDEN = ("csrfmiddlewaretoken", "version", "once")


class ActView(guessing.CountsGuesses, KeepsTyped, NotDone):
    """What the page of a Step and the page of an Opening have in common."""

    model: ClassVar[type[Model] | None] = None
    step: ClassVar[Step | Opening]
    act: ClassVar[Callable[..., Any]]
    form_class: ClassVar[type[Any]] = forms.Form
    door: ClassVar[Permission] = Permission.VIEW_CASE
    button: ClassVar[str] = ""
    done: str = ""
    success: ClassVar[str] = ""
    warning: ClassVar[bool] = False  # the button is red: the act cannot be taken back
    keeps_omitted: ClassVar[bool] = (
        False  # a program that leaves a field out leaves it as it stands
    )
    url_name: ClassVar[str] = ""
    plural: ClassVar[str] = ""
    record: Any = None

    # What a room may say otherwise

    def rows(self) -> QuerySet[Any]:
        """Where the record is looked for; the policy narrows it."""
        if self.model is None:
            raise AssertionError(f"{type(self).__name__} has no model")
        return rows_of(self.model)

    def form_options(self) -> dict[str, Any]:
        """Keyword arguments for the form's `__init__`, such as the choices that this record allows."""
        return {}

    def initial(self) -> dict[str, Any]:
        """What stands in the form at first: the record's own values, by the fields' names."""
        if self.record is None or isinstance(self.step, Opening):
            return {}
        held = {
            name: getattr(self.record, name)
            for name in self.form_class.base_fields
            if hasattr(self.record, name)
        }
        return {name: list(v.all()) if isinstance(v, Manager) else v for name, v in held.items()}

    def arguments(self, form: Any) -> dict[str, Any]:
        """What the act is called with: the form's values."""
        return dict(form.cleaned_data)

    def get_success_url(self, result: Any = None) -> str:
        """Where to go afterwards: `success`, with the case; without it the room's or the case's page."""
        about = result if isinstance(result, Model) else self.record
        if about is None:
            return frame.address(self.success) or "/"
        case = case_id_of(about)
        names = (self.success, f"{about._meta.app_label}:overview", "desk:overview")
        return next((a for n in names if n and (a := frame.address(n, case=case))), "/")

    def said_when_done(self, result: Any) -> str:
        """What the page that follows says: `done`, where the act always ends in the same way."""
        return self.done

    def shape(self, record: Any) -> dict[str, Any]:
        """The record in the API's answer."""
        of = record if isinstance(record, Case) or hasattr(record, "case_id") else self.record
        facts = {"id": str(record.pk), "case": str(case_id_of(of or record))}
        for name in ("reference", "status", "version"):
            if hasattr(record, name):
                facts[name] = getattr(record, name)
        return facts

    # How it goes

    def open(self, pk: UUID | None) -> None:
        """Bring the record through the door, and refuse early what may not begin."""
        user: Any = self.request.user
        if pk is not None:
            self.record = policy.open_or_404(user, self.rows(), pk, self.door)
        self.require()

    def require(self) -> None:
        user: Any = self.request.user
        if isinstance(self.step, Step):
            self.step.require(self.record, user)
        elif self.record is None:
            policy.check_role(user, self.step.needs)
        else:
            policy.check(user, self.step.needs, self.record)

    def form(self, data: Any = None, files: Any = None) -> Any:
        return self.form_class(data, files, initial=self.initial(), **self.form_options())

    def perform(self, form: Any, *, version: int | None) -> Any:
        """The act itself, inside the submit's transaction. Raises the four errors."""
        act = type(self).act
        values = self.arguments(form)
        if self.record is None:
            return act(by=self.request.user, **values)
        if version is not None:
            self.compare(version)
        return act(self.record, by=self.request.user, **values)

    def compare(self, version: int) -> None:
        """Under the record's lock: is it still what the user saw? Refused where nothing can tell."""
        if not hasattr(self.record, "version"):
            raise Refused(None, "This record has no version to compare. Send it without one.")
        lock(case_id_of(self.record))
        now: Any = held(self.record)
        if isinstance(self.step, Step):
            self.step.require(now, self.request.user)  # type: ignore[arg-type]
        if now.version != version:
            raise Stale("Somebody saved this since you opened it.")

    def places(self) -> tuple[str, ...]:
        room = type(self).__module__.partition(".")[0]
        return (*super().places(), self.success, f"{room}:overview")

    def case_of_page(self) -> Case | None:
        return getattr(self.record, "case", self.record if isinstance(self.record, Case) else None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = self.title or self.step.phrase.capitalize()
        return super().get_context_data(
            title=title,
            button=self.button or title,
            warning=self.warning,
            record=self.record,
            step=self.step,
            back=self.get_success_url(),
            **kwargs,
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.open(kwargs.get("pk"))
        except WrongState as error:
            return self.wrong_state(error)
        except policy.Denied as error:
            return self.denied(error)
        return self.given_back() or self.page(self.form())

    def page(self, form: Any, *, status: int = 200, **context: Any) -> HttpResponse:
        """The form's page, with the version that the person has seen and a token for one submit."""
        held = getattr(self.record, "version", "") if isinstance(self.step, Step) else ""
        return self.show(
            status=status,
            form=form,
            version=context.pop("version", held),
            once=context.pop("token", "") or openers.token(self.request.user.pk),
            **context,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sent = request.POST
        token = sent.get("once", "")
        body = {k: sent.getlist(k) for k in sent if k not in HIDDEN}
        files: Any = request.FILES
        body |= {name: [str(file.name), str(file.size)] for name, file in files.items()}
        try:
            given = once.answer(
                lambda: self.submitted(kwargs.get("pk"), sent.get("version", "")),
                key=f"page:{token}" if token else "",
                username=request.user.get_username(),
                route=request.path,
                body=body,
                wait=True,
            )
        except NotAccepted as error:
            return self.page(error.form, status=422, token=token, version=sent.get("version", ""))
        except once.OtherBody:
            return self.sent_before(kwargs.get("pk"))
        except Stale:
            return self.stale(kwargs.get("pk"))
        except WrongState as error:
            return self.wrong_state(error)
        except policy.Denied as error:
            return self.denied(error)
        if self.done and not messages.get_messages(request):
            messages.success(request, self.done)
        return HttpResponseRedirect(given.location)

    def submitted(self, pk: UUID | None, version: str) -> once.Answer:
        """One submit of the form, inside its transaction."""
        self.open(pk)
        sent = self.request.POST
        form = self.filled(sent, self.request.FILES)
        if not form.is_valid():
            raise NotAccepted(form)
        require_readable(sent, self.step, self.record)
        try:
            result = self.done_with(form, sent, version=seen(version))
        except Refused as no:
            refuse(form, no)
            raise NotAccepted(form) from no
        self.done = self.said_when_done(result)
        return once.Answer(303, self.get_success_url(result))

    def filled(self, sent: Any, files: Any = None) -> Any:
        """What was sent, with the record's own words where the sender left those kept from him."""
        words = self.read() if masks.touched(sent) else str
        if words is not str:
            blank = self.form()
            held = {name: value for name, value in blank.initial.items() if name in blank.fields}
            sent = masks.restored(sent, forms.as_data(blank, held).dict(), words)
        form = self.form(sent, files)
        if form.is_valid() and masks.touched(sent):
            form.add_error(None, masks.TOUCHED)
        return form


class StepView(ActView):
    """The page of a Step: an act on a record that exists."""

    step: ClassVar[Step]


class OpeningView(ActView):
    """The page of an Opening: an act that makes a record, on a case (or another record) or on nothing."""

    model: ClassVar[type[Model] | None] = Case
    step: ClassVar[Opening]
