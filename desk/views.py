"""The read-only screens that draw on every room."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts import policy, sites
from accounts.models import User
from accounts.roles import Permission, Role
from alerts import queries as alerts
from casework import clock, once
from casework.models import PROTECTED_ROLES, Party
from casework.pages import CasePage, Page
from casework.paging import BadCursor, Keyset
from desk import caseload, drawing, happenings, queries, telling
from orders import queries as orders

FIRST_PAGE = {
    Role.CONTROL_ROOM: "orders:check",
    Role.OFFENDER_MANAGER: "notifications:due",
    Role.FORCE_ADMINISTRATOR: "alerts:inbox",
    Role.ANALYST: "desk:caseload",
}


class Today(Page):
    """What needs me today: one list over all clocks."""

    template_name = "desk/today.html"
    title = "What needs me today"
    place = "desk:today"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        if address := sites.elsewhere(request, user):
            return HttpResponseRedirect(address)
        if not user.may(Permission.VIEW_CASE):
            return HttpResponseRedirect(reverse(FIRST_PAGE.get(Role(user.role), "alerts:inbox")))
        now = clock.now()
        lead = user.role in queries.WHOLE_CASELOAD
        return self.show(
            today=queries.today(user, now),
            ageing=queries.ageing(user, now) if lead else [],
            carrying=queries.carrying(user) if lead else [],
            urgent=list(alerts.unacknowledged(user)[:3]),
            inbox=list(alerts.inbox(user)[:6]),
            now=now,
            once=once.new_token(),
        )


class Caseload(Page):
    """Cases that the reader may see, by next clock, with filters in the address."""

    template_name = "desk/caseload.html"
    title = "Caseload"
    place = "desk:caseload"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        policy.check_role(user, Permission.VIEW_CASELOAD)
        now, filters = clock.now(), caseload.read(request.GET)
        keyset = Keyset(
            caseload.drawn(caseload.cases(user, filters, now)),
            caseload.ORDERS[filters.order],
            filters={"tags": [tag[:2] for tag in filters.tags()], "user": str(user.pk)},
            sparse=filters.order == "clock" and filters.clock == "any",
        )
        try:
            page = keyset.page(request.GET.get("page", ""))
        except BadCursor as error:
            raise Http404(str(error)) from error
        return self.show(
            page=page,
            about=keyset.about(),
            lines=caseload.lines(page.rows, now),
            filters=filters,
            choices=caseload,
            officers=officers(user),
            link=self.link,
            without=self.without,
        )

    def link(self, **changes: str) -> str:
        """This list with one thing changed; a new order or filter starts at its first page."""
        query = self.request.GET.copy()
        query.pop("page", None)
        for name, value in changes.items():
            query[name] = value
        return f"?{query.urlencode()}"

    def without(self, name: str, value: str) -> str:
        """This list without one filter."""
        pairs = [
            (key, item)
            for key, values in self.request.GET.lists()
            for item in values
            if key != "page" and (key, item) != (name, value)
        ]
        return f"?{urlencode(pairs)}"


def officers(user: User) -> list[tuple[str, str]]:
    """Whose cases a list may be narrowed to, id and name: the reader's own force."""
    rows = User.objects.filter(force_id=user.force_id, is_active=True, role=Role.OFFICER)
    named = rows.order_by("name").values_list("pk", "title", "name")[:200]
    return [(str(pk), f"{title} {name}".strip()) for pk, title, name in named]


class Overview(CasePage):
    """Where one case stands: guards, clocks, the drawing, conditions in force, people."""

    template_name = "desk/overview.html"
    title = "Overview"
    place = "desk:overview"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = clock.now()
        events = happenings.of_case(self.case)
        order = orders.current_order(self.case, now)
        return super().get_context_data(
            clocks=queries.clocks_of(self.case),
            events=events,
            wide=drawing.wide(events, now),
            tall=drawing.tall(events, now),
            gaps=drawing.gaps(events, now),
            order=order,
            conditions=orders.as_at(order, now) if order else [],
            parties=Party.objects.filter(case=self.case).select_related("person"),
            protected_roles=PROTECTED_ROLES,
            now=now,
            **kwargs,
        )


class History(CasePage):
    """What was done, by whom; and who looked."""

    template_name = "desk/history.html"
    title = "History"
    place = "desk:history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before = self.request.GET.get("before", "")
        rows = queries.history(self.case, before=int(before) if before.isdecimal() else None)
        may_audit = policy.can(self.request.user, Permission.VIEW_AUDIT, self.case)  # type: ignore[arg-type]
        return super().get_context_data(
            entries=telling.lines(rows[:50]),
            older=rows[49].pk if len(rows) > 50 else None,
            looks=telling.lines(queries.looks(self.case)) if may_audit else [],
            may_audit=may_audit,
            **kwargs,
        )
