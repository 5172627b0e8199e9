"""The read-only screens that draw on every room."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts import policy
from accounts.models import User
from accounts.queries import changes_to_answer, held_roles
from accounts.roles import Permission, Role
from alerts import queries as alerts
from applications.lifecycle import assigning
from audit import looks
from casework import clock, openers, searches, ways
from casework.models import PROTECTED_ROLES, Case, Party
from casework.pages import CasePage, Page
from casework.paging import BadCursor, Keyset
from desk import ageing, caseload, drawing, happenings, queries, reach, telling, whose
from law.periods import local_date
from orders import queries as orders

FIRST_PAGE = {
    Role.CONTROL_ROOM: "orders:check",
    Role.OFFENDER_MANAGER: "notifications:due",
    Role.FORCE_ADMINISTRATOR: "desk:accounts",
    Role.ANALYST: "desk:figures",
}


class Today(Page):
    """What needs me today: one list over all clocks."""

    template_name = "desk/today.html"
    title = "What needs me today"
    place = "desk:today"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        if not user.may(Permission.VIEW_CASE):
            return HttpResponseRedirect(reverse(FIRST_PAGE.get(Role(user.role), "alerts:inbox")))
        now = clock.now()
        lead = user.role in queries.WHOLE_CASELOAD
        only_mine = request.GET.get("whose") == "mine"
        urgent = alerts.urgent(user)
        awaited = alerts.clocks_of(urgent.waiting) if urgent and not lead else []
        stages = queries.ageing(user, now) if lead else []
        inbox, roles = alerts.needing(user, most=6), reach.held(user.force_id)
        return self.show(
            today=queries.today(user, now, only_mine=only_mine, awaited=awaited),
            only_mine=only_mine,
            ageing=stages,
            ageing_drawn=ageing.drawn(stages, local_date(now)),
            carrying=queries.carrying(user) if lead else [],
            urgent=urgent,
            changes=changes_to_answer(user),
            inbox=inbox,
            way=partial(ways.of, user),
            who=partial(whose.of, roles=roles),
            missing=reach.pressing(user.force, roles) if user.may(Permission.VIEW_REACH) else [],
            now=now,
            once=openers.token(user.pk),
        )


class Figures(Page):
    """Where analysts begin. The returns are not built: the page says so, and shows no empty list."""

    template_name = "desk/figures.html"
    title = "Figures"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        policy.check_role(request.user, Permission.VIEW_FIGURES)  # type: ignore[arg-type]
        return self.show()


class Caseload(Page):
    """Cases that the reader may see, by next clock, with filters in the address.

    What is searched for is posted and kept with the session: no name stands in an address.
    """

    template_name = "desk/caseload.html"
    title = "Caseload"
    place = "desk:caseload"

    filters: caseload.Filters

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the search; the address that follows has its key, and the filters as they are."""
        user: Any = request.user
        policy.check_role(user, Permission.VIEW_CASELOAD)
        key = searches.keep(request.session, request.POST.get("q", ""))
        text = searches.text_of(request.session, key)
        filters = caseload.read(request.POST, search=key, text=text)
        return HttpResponseRedirect(address(request.path, filters.pairs()))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        policy.check_role(user, Permission.VIEW_CASELOAD)
        key = request.GET.get("search", "")
        text = searches.text_of(request.session, key)
        now, self.filters = clock.now(), caseload.read(request.GET, search=key, text=text)
        forgotten = bool(key) and not text
        keyset = self.keyset(user, now)
        try:
            page = keyset.page("" if forgotten else request.GET.get("page", ""))
        except BadCursor as error:
            raise Http404(str(error)) from error
        if text:
            note_search(text, page.rows)
        return self.show(
            page=page,
            about=keyset.more_than() if page.next or page.previous else str(len(page.rows)),
            lines=caseload.lines(page.rows, now),
            filters=self.filters,
            choices=caseload,
            officers=officers(user),
            link=self.link,
            without=self.without,
            forgotten=forgotten,
        )

    def keyset(self, user: User, now: datetime) -> Keyset[Case]:
        """The rows in their order; its cursors are bound to the reader and to the filters."""
        filters = self.filters
        return Keyset(
            caseload.drawn(caseload.cases(user, filters, now)),
            caseload.ORDERS[filters.order],
            filters={"tags": [tag[:2] for tag in filters.tags()], "user": str(user.pk)},
            sparse=filters.order == "clock" and filters.clock == "any",
        )

    def link(self, **changes: str) -> str:
        """This list with one thing changed; a new order or filter starts at its first page."""
        kept = [(name, value) for name, value in self.filters.pairs() if name not in changes]
        return address("", [*kept, *changes.items()])

    def without(self, name: str, value: str) -> str:
        """This list without one filter."""
        return address("", [pair for pair in self.filters.pairs() if pair != (name, value)])


def address(path: str, pairs: list[tuple[str, str]]) -> str:
    """A list's address with its filters."""
    return f"{path}?{urlencode(pairs)}" if pairs or not path else path


def note_search(text: str, found: Iterable[Case]) -> None:
    """Say in the log what was searched for, and which cases the search showed."""
    table = Case._meta.label_lower
    looks.note(looks.Look("search", table, "", reason=text))
    for case in found:
        looks.note(looks.Look("search", table, str(case.pk), case_id=case.pk))


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
        user: Any = self.request.user
        now = clock.now()
        events = happenings.of_case(self.case)
        order = orders.current_order(self.case, now)
        return super().get_context_data(
            clocks=queries.clocks_of(self.case),
            way=partial(ways.of, user),
            who=partial(whose.of, roles=held_roles(self.case.force_id)),
            events=events,
            wide=drawing.wide(events, now),
            tall=drawing.tall(events, now),
            gaps=drawing.gaps(events, now),
            order=order,
            conditions=orders.as_at(order, now) if order else [],
            parties=Party.objects.filter(case=self.case).select_related("person"),
            protected_roles=PROTECTED_ROLES,
            may_assign=assigning.ASSIGN_CASE.offered(self.case, user),
            may_restrict=assigning.RESTRICT_CASE.offered(self.case, user),
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
