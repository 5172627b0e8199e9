"""The lists of breaches: the force's, and for a reporter their own reports."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.roles import Permission
from breaches import queries
from breaches.models import Breach
from casework import clock, pages

STATES = {"open": "Open", "decided": "Decided", "all": "All"}


class Listing(pages.ListByUnit):
    """The breaches of the force that the reader may see, newest first."""

    template_name = "breaches/list.html"
    title = "Breaches"
    place = "breaches:list"
    model = Breach
    order = "-reported_at"
    states = STATES

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        if not user.may(Permission.VIEW_CASE) and user.may(Permission.REPORT_BREACH):
            return HttpResponseRedirect(reverse("breaches:mine"))
        return super().get(request, *args, **kwargs)

    def rows(self) -> QuerySet[Breach]:
        return queries.listed(**self.filters())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(now=clock.now(), **kwargs)


class Mine(pages.ListView):
    """What the reader reported, and whether somebody took it. Nothing else of the case."""

    template_name = "breaches/mine.html"
    title = "Breaches that you reported"
    place = "breaches:list"
    model = Breach
    order = "-reported_at"
    door = Permission.REPORT_BREACH

    def rows(self) -> QuerySet[Breach]:
        return queries.reported_by(self.request.user)  # type: ignore[arg-type]
