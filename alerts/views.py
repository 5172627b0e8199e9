"""The inbox, one alert with its story, and the answer to it."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from accounts import policy
from accounts.roles import Permission
from alerts import actions, queries, settling
from alerts.models import Alert
from casework import frame, openers, pages, ways
from casework.lifecycle import Step
from casework.models import Case

ACKNOWLEDGE = Step(
    "acknowledge",
    frozenset({Alert.WAITING, Alert.ANSWERED}),
    None,
    Permission.ACKNOWLEDGE_ALERT,
    label="acknowledge and take it",
)


class Inbox(pages.ListView):
    """What I was told; or only what still waits for an answer."""

    template_name = "alerts/inbox.html"
    title = "Your alerts"
    model = Alert
    order = "-created_at"
    door = Permission.ACKNOWLEDGE_ALERT

    def rows(self) -> QuerySet[Alert]:
        user: Any = self.request.user
        return queries.unacknowledged(user) if self.filters() else queries.inbox(user)

    def filters(self) -> dict[str, Any]:
        return {"show": "waiting"} if self.request.GET.get("show") == "waiting" else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(settled=settling.settled(self.found), **kwargs)


def frame_of(alert: Alert, user: Any) -> Case | None:
    """The case around the page, for those to whom the whole case is open and not the alert alone."""
    return alert.case if policy.can(user, Permission.VIEW_CASE, alert) else None


class AlertPage(pages.Page):
    """Where the link in a message leads: what it is about, who was told, and one button."""

    template_name = "alerts/alert.html"
    alert: Alert

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        rows = Alert.objects.select_related("case__subject", "acknowledged_by", "deadline")
        self.alert = policy.open_or_404(request.user, rows, pk, ACKNOWLEDGE.needs)  # type: ignore[arg-type]
        return self.show()

    def case_of_page(self) -> Case | None:
        return frame_of(self.alert, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        settled = self.alert.pk in settling.settled([self.alert])
        return super().get_context_data(
            settled=settled,
            title=f"Alert, {self.alert.case}",
            alert=self.alert,
            story=queries.story(self.alert),
            waits=self.alert.needs_acknowledgement
            and self.alert.status == Alert.WAITING
            and not settled,
            refusal=queries.why_not_take(user, self.alert),
            way=ways.of(user, self.alert),
            once=openers.token(user.pk),
            **kwargs,
        )


class Acknowledge(pages.StepView):
    """Take it: the ladder stops climbing. The first answer stands."""

    model = Alert
    step = ACKNOWLEDGE
    act = actions.acknowledge
    door = ACKNOWLEDGE.needs
    title = "Acknowledge this alert"
    button = "Acknowledge and take it"
    done = "You have acknowledged it"

    def open(self, pk: UUID | None) -> None:
        super().open(pk)
        user: Any = self.request.user
        actions.require_taker(self.record, user)

    def who_can(self) -> tuple[str, ...]:
        return ()  # it is no matter of the role: the refusal says whom to ring

    def case_of_page(self) -> Case | None:
        return frame_of(self.record, self.request.user)

    def get_success_url(self, result: Any = None) -> str:
        return frame.address("alerts:alert", pk=self.record.pk)


ACTS = (Acknowledge,)
