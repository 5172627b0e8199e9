"""The list of what must be notified, a duty drawn as days, and the acts on it."""

from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from accounts import policy
from accounts.roles import Permission
from casework import clock, pages
from casework.models import Case, Deadline
from documents.queries import papers_of
from law.offences import FALSE_NOTIFICATION, OFFENCES
from notifications import queries
from notifications.drawing import days_of
from notifications.lifecycle import attending, changing, correcting, doubting, failing, handing
from notifications.models import Duty, SuspectedFailure
from notifications.where import where
from orders.queries import current_order

ASKED = (Duty.Status.OPEN, Duty.Status.WAITING)  # he is still to be told where to attend


class Due(pages.ListByUnit):
    """The offender managers' list: every duty, soonest end first, with its clock and what was done."""

    template_name = "notifications/list.html"
    title = "Notifications due"
    place = "notifications:due"
    model = Duty
    order = "due_on"
    states = queries.STATES

    def rows(self) -> QuerySet[Duty]:
        asked = self.filters()
        return queries.listed(
            state=asked.get("state", "open"), unit=asked.get("unit", ""), today=clock.today()
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(doubted=queries.doubted, now=clock.now(), **kwargs)


class Overview(pages.CasePage):
    """The duties of one case: what he must notify, by when, and what he did."""

    template_name = "notifications/overview.html"
    title = "Notification requirements"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        order = current_order(self.case, clock.now())
        can_change = order is not None and changing.RECORD_CHANGE.offered(self.case, user)
        duties = queries.of_case(self.case)
        clocks, may = queries.clocks_on(duties), answers(user, self.case)
        return super().get_context_data(
            duties=[shown(duty, user, clocks.get(duty.pk), may) for duty in duties],
            order=order,
            can_change=can_change,
            **kwargs,
        )


class DutyPage(pages.Page):
    """One duty, drawn as days: why then, what he did, what may be done now."""

    template_name = "notifications/duty.html"
    title = "Notification requirements"
    place = "notifications:overview"
    duty: Duty

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.duty = policy.open_or_404(request.user, queries.whole(), pk)  # type: ignore[arg-type]
        return self.show()

    def case_of_page(self) -> Case:
        return self.duty.case

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        clocks = queries.clocks_on([self.duty])
        facts = shown(self.duty, user, clocks.get(self.duty.pk), answers(user, self.duty.case))
        if self.duty.status in ASKED:
            facts["where"] = where(self.duty)
        return super().get_context_data(duty=self.duty, shown=facts, **kwargs)


def answers(user: Any, case: Case) -> Callable[[Permission], bool]:
    """What this user may do in this case, each permission asked once."""
    return cache(lambda permission: policy.can(user, permission, case))


def shown(
    duty: Duty, user: Any, deadline: Deadline | None, may: Callable[[Permission], bool]
) -> dict[str, Any]:
    """A duty as the pages show it."""
    came, in_doubt = duty.attendances.all(), queries.doubted(duty)
    soa = duty.kind == Duty.Kind.INITIAL and changing.RECORD_SOA_DUTY.offered(duty, user, may=may)
    return {
        "duty": duty,
        "days": days_of(duty, clock.today()),
        "why": queries.why(duty),
        "told": list(queries.who_is_told(duty, deadline)),
        "attendances": [one for one in came if one.superseded_at is None],
        "taken_back": [one for one in came if one.superseded_at is not None],
        "failures": [
            (
                failure,
                OFFENCES[failure.offence_code],
                failing.INVESTIGATE.offered(failure, user, may=may),
            )
            for failure in duty.failures.all()
        ],
        "papers": papers_of(duty.attendances.all()),
        "can_hand": may(handing.NEEDS),
        "can_attend": attending.RECORD_ATTENDANCE.offered(duty, user, may=may)
        and (in_doubt or duty.status not in attending.DONE),
        "can_decide": may(doubting.NEEDS),
        "in_doubt": queries.in_doubt,
        "doubts": queries.doubts,
        "remarks": queries.remarks,
        "can_suspect": failing.SUSPECT_FALSE.offered(duty, user, may=may)
        and not any(_suspected(failure) for failure in duty.failures.all()),
        "can_record_soa": soa,
        "can_take_back_soa": soa and duty.soa_from is not None,
        "can_correct": correcting.CORRECT_ATTENDANCE.offered(duty, user, may=may),
        "can_correct_change": duty.kind != Duty.Kind.INITIAL
        and correcting.CORRECT_CHANGE.offered(duty, user, may=may),
        "doubted": in_doubt,
        "today": clock.today(),
    }


def _suspected(failure: SuspectedFailure) -> bool:
    """Is it suspected, or was it, that what he notified was false? Not where that was cleared."""
    is_false = failure.offence_code == FALSE_NOTIFICATION
    return is_false and failure.status != SuspectedFailure.Status.CLEARED
