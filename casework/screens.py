"""Pages that only show: one case's, a list's, any. Offered by `casework.pages`."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View

from accounts import policy
from accounts.models import Unit
from accounts.queries import units_of
from accounts.roles import Permission
from casework import frame, masks, paging
from casework.lifecycle import case_id_of
from casework.models import Case


class MaskedResponse(TemplateResponse):
    """A page whose every text is printed as its reader may read it."""

    words: masks.Words = str

    @property
    def rendered_content(self) -> str:
        with masks.reading(self.words):
            return masks.settled(self.words, super().rendered_content)


class Page(LoginRequiredMixin, TemplateResponseMixin, ContextMixin, View):
    """A page of a signed-in person. `place` names its entry in the service or case navigation."""

    template_name = "page.html"
    title: str = ""
    place: str = ""
    request: HttpRequest
    response_class = MaskedResponse

    def cases_shown(self) -> Collection[UUID]:
        """The cases whose texts are on the page: what is kept confidential in them is not printed."""
        case = self.case_of_page()
        return [case.pk] if case else []

    def read(self) -> masks.Words:
        """How this reader may read those texts."""
        return self.words_for(self.cases_shown())

    def words_for(self, cases: Collection[UUID]) -> masks.Words:
        """The same for the texts of these cases."""
        return masks.words_for(self.request.user, cases) if cases else str

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> Any:
        response: Any = super().render_to_response(context, **kwargs)
        response.words = self.read()
        return response

    def case_of_page(self) -> Case | None:
        """The case whose frame stands around the page, if any."""
        return None

    def places(self) -> tuple[str, ...]:
        """Where the page is in the navigations: the first that they know counts."""
        return (
            (self.place, frame.place_of(self.request))
            if self.place
            else (frame.place_of(self.request),)
        )

    def service_section(self, case: Case | None) -> str:
        """The entry of the service navigation that is marked; none before somebody signed in."""
        user: Any = self.request.user
        if not user.is_authenticated:
            return ""
        return frame.service_place(self.places()[0], user, in_case=case is not None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case = self.case_of_page()
        return super().get_context_data(
            title=kwargs.pop("title", self.title),
            case=case,
            section=frame.case_place(*self.places()),
            service_section=self.service_section(case),
            **kwargs,
        )

    def show(self, *, status: int = 200, **context: Any) -> HttpResponse:
        response: HttpResponse = self.render_to_response(self.get_context_data(**context))
        response.status_code = status
        return response


class CasePage(Page):
    """A page about one case, which its address names as `case`. GET only, unless a room adds more.

    `door` is the permission that opens it. Give `get_context_data` the page's own facts.
    """

    template_name = "case.html"
    door: ClassVar[Permission] = Permission.VIEW_CASE
    rows: ClassVar[QuerySet[Case]] = Case.objects.select_related("subject", "force", "officer")
    case: Case

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            self.case = policy.open_or_404(request.user, self.rows.all(), kwargs["case"], self.door)
        return super().dispatch(request, *args, **kwargs)

    def case_of_page(self) -> Case | None:
        return self.case

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show()


class ListView(Page):
    """The records that the reader may see, by keyset. `order` is "next_due_at" or "-asked_at".

    Give `model`, or narrow `rows()` by what `filters()` finds in the address; cursors are bound to both.
    """

    template_name = "list.html"
    model: ClassVar[type[Model]] = Case
    order: ClassVar[str] = "pk"
    size: ClassVar[int] = paging.SIZE
    door: ClassVar[Permission] = Permission.VIEW_CASE
    found: Collection[Any] = ()

    def cases_shown(self) -> Collection[UUID]:
        return {case_id_of(row) for row in self.found}

    def rows(self) -> QuerySet[Any]:
        """What the list is drawn from; the policy narrows it before the page is cut."""
        return rows_of(self.model)

    def filters(self) -> dict[str, Any]:
        """The filters in force, as they stand in the address: part of every link to another page."""
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        filters = self.filters()
        rows = policy.visible(request.user, self.rows(), self.door)  # type: ignore[arg-type]
        keyset = paging.Keyset(rows, self.order, size=self.size, filters=filters)
        try:
            found = keyset.page(request.GET.get("cursor", ""))
        except paging.BadCursor:
            return HttpResponseRedirect(href(request.path, filters))
        self.found = found.rows
        return self.show(
            rows=found.rows,
            keyset=keyset,
            size=self.size,
            filters=filters,
            next_href=href(request.path, filters, found.next),
            previous_href=href(request.path, filters, found.previous),
        )


class ListByUnit(ListView):
    """A list of the force that shows the records of one state, and of one unit or of all of them."""

    template_name = "filtered.html"
    states: ClassVar[Mapping[str, str]]  # each with its words; "open" where none is asked for

    def filters(self) -> dict[str, Any]:
        asked: dict[str, Any] = {}
        if (state := self.request.GET.get("state", "")) in self.states:
            asked["state"] = state
        unit = self.request.GET.get("unit", "")
        if any(str(known.pk) == unit for known in self.units()):
            asked["unit"] = unit
        return asked

    def units(self) -> QuerySet[Unit]:
        return units_of(self.request.user)  # type: ignore[arg-type]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(units=self.units(), states=self.states, **kwargs)


def href(path: str, filters: dict[str, Any], cursor: str | None = None) -> str:
    """A link to a page of the list; empty for an empty cursor, the first page without one."""
    if cursor == "":
        return ""
    asked = filters | ({"cursor": cursor} if cursor else {})
    return f"{path}?{urlencode(asked, doseq=True)}" if asked else path


def rows_of(model: type[Model]) -> QuerySet[Any]:
    """A model's rows, with the case that the policy asks about."""
    rows = model._default_manager.all()
    return (
        rows.select_related("case") if any(f.name == "case" for f in model._meta.fields) else rows
    )
