"""What of an account waits for a second person: who asked for what, and the answer."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from accounts import actions as accounts
from accounts import queries
from accounts.account_policy import check_answers, why_not_answer, why_not_withdraw
from accounts.models import AccountChange
from accounts.roles import Permission
from casework import frame, pages
from casework.lifecycle import Opening
from desk.administration import Administering

P = Permission
S = AccountChange.Status
NEWEST = 50  # of what one person did; all of it is in the log


class Changes(pages.Page):
    """What waits in the force, the longest first."""

    template_name = "desk/changes.html"
    title = "Accounts to confirm"
    place = "desk:changes"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        done = list(queries.done_changes(user)[:NEWEST])
        return self.show(changes=list(queries.waiting_changes(user)), done=done)


def facts(change: AccountChange, user: Any) -> dict[str, Any]:
    """What a page says of one change, and what this reader may do about it."""
    waits = change.status == S.WAITING
    others = list(queries.who_can_confirm(change)) if waits else []
    return {
        "change": change,
        "others": others,
        "answers": waits and why_not_answer(user, change) is None,
        "withdraws": waits and why_not_withdraw(user, change) is None,
    }


class Change(pages.Page):
    """One of them: for those who may answer it, who asked, and whose account it is."""

    template_name = "desk/change.html"
    title = "What was asked of an account"
    place = "desk:changes"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        user: Any = request.user
        change = queries.change_or_404(user, pk)
        shown = facts(change, user)
        if change.status == S.DONE:
            shown["title"] = "What was done to an account"
        return self.show(**shown)


class ChangeAct(Administering):
    model: ClassVar[type[Model] | None] = AccountChange
    plural = "changes"
    success = place = "desk:changes"
    template_name = "desk/change_act.html"

    def find(self, pk: UUID) -> AccountChange:
        user: Any = self.request.user
        return queries.change_or_404(user, pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**facts(self.record, self.request.user), **kwargs)

    def get_success_url(self, result: Any = None) -> str:
        return frame.address("desk:change", pk=self.record.pk)


class Answering(ChangeAct):
    """For a second person alone: who asked is told so before they answer."""

    def require(self) -> None:
        """Whoever answers some change at all; `open` asks of this one."""
        user: Any = self.request.user
        check_answers(user)

    def open(self, pk: UUID | None) -> None:
        super().open(pk)
        user: Any = self.request.user
        accounts.require_second(self.record, user)


class ConfirmChange(Answering):
    step = Opening("confirm_change", "", P.CONFIRM_ACCOUNTS, "confirm what was asked of an account")
    act = accounts.confirm_change
    title, button = "Confirm what was asked of an account", "Confirm"
    done = "You have confirmed it, and it works from now on. An account that got a power needs a new link"
    warning = True


class RefuseChange(Answering):
    step = Opening("refuse_change", "", P.CONFIRM_ACCOUNTS, "refuse what was asked of an account")
    act = accounts.refuse_change
    title, button = "Refuse what was asked of an account", "Refuse"
    done = "You have refused it: nothing of it happens"
    warning = True


class WithdrawChange(ChangeAct):
    step = Opening("withdraw_change", "", P.MANAGE_ACCOUNTS, "withdraw what was asked")
    act = accounts.withdraw_change
    title, button = "Withdraw what was asked of an account", "Withdraw"
    done = "It is withdrawn"


ACTS = (ConfirmChange, RefuseChange, WithdrawChange)
