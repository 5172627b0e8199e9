"""The administrator's stations and courts: where notification is given, and where the force applies."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts import policy
from accounts.roles import Permission as P
from applications import actions as courts
from applications.models import ClosedCourt, Court
from casework import pages
from casework.lifecycle import Opening
from desk.administration import Administering
from desk.forms import AreaForm, CourtForm, PlaceForm
from notifications import actions as stations
from notifications.models import Station


class Places(pages.Page):
    """The force's police stations, and the courts of all forces."""

    template_name = "desk/places.html"
    title = "Courts and stations"
    place = "desk:places"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        policy.check_role(user, P.MAINTAIN_PLACES)
        return self.show(
            stations=Station.objects.filter(force_id=user.force_id),
            courts=Court.objects.select_related("area")
            .annotate(
                closed=Exists(ClosedCourt.objects.filter(court=OuterRef("pk"), force=user.force_id))
            )
            .order_by("closed", "name"),
        )


class PlaceAct(Administering):
    success = place = "desk:places"

    def find(self, pk: UUID) -> Any:
        return get_object_or_404(self.found(), pk=pk)

    def found(self) -> QuerySet[Any]:
        return Court.objects.all()


class AddStation(PlaceAct):
    model, plural = None, "stations"
    step = Opening("add_station", "", P.MAINTAIN_PLACES, "add a station")
    act, form_class = stations.add_station, PlaceForm
    title, done = "Add a police station", "The station is in the list"


class RenameStation(PlaceAct):
    model = Station
    step = Opening("rename_station", "", P.MAINTAIN_PLACES, "rename a station")
    act, form_class = stations.rename_station, PlaceForm
    title, done = "Rename a police station", "The station has its new name"

    def found(self) -> QuerySet[Any]:
        user: Any = self.request.user
        return Station.objects.filter(force_id=user.force_id)

    def initial(self) -> dict[str, Any]:
        return {"name": self.record.name}


class AddCourt(PlaceAct):
    model, plural = None, "courts"
    step = Opening("add_court", "", P.MAINTAIN_PLACES, "add a court")
    act, form_class = courts.add_court, CourtForm
    title, done = "Add a court", "The court is in the list of every force"

    def initial(self) -> dict[str, Any]:
        user: Any = self.request.user
        return {"area": user.force_id}


class SayArea(PlaceAct):
    model = Court
    step = Opening("say_area", "", P.MAINTAIN_PLACES, "say where a court lies")
    act, form_class = courts.say_area, AreaForm
    title, done = "The police area of a court", "The court has its police area"
    button, template_name = "Save the police area", "desk/court.html"

    def initial(self) -> dict[str, Any]:
        return {"area": self.record.area_id}


class CloseCourt(PlaceAct):
    model = Court
    step = Opening("close_court", "", P.MAINTAIN_PLACES, "take a court out of use")
    act = courts.close_court
    title, done = "Take this court out of use for your force", "Your force lists nothing there"
    button, warning, template_name = "Take it out of use", True, "desk/court.html"


class ReopenCourt(PlaceAct):
    model = Court
    step = Opening("reopen_court", "", P.MAINTAIN_PLACES, "put a court into use")
    act = courts.reopen_court
    title, done = "Put this court into use for your force", "Your force may list there again"
    button, template_name = "Put it into use", "desk/court.html"


ACTS = (AddStation, RenameStation, AddCourt, SayArea, CloseCourt, ReopenCourt)
