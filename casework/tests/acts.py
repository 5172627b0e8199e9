"""A small room for the kernel's own tests: acts on a case, with their pages and their API."""

from datetime import datetime
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from rest_framework import serializers

from accounts.models import User
from accounts.roles import Permission
from casework import api, forms, pages
from casework.errors import Refused
from casework.lifecycle import Opening, Step
from casework.models import Case, Deadline, Party
from people.models import Person

S = Case.Status
NOTE = Step("note", frozenset({S.REQUEST, S.DRAFTING}), None, Permission.DRAFT_APPLICATION)
CLOSE = Step("close", frozenset({S.REQUEST}), S.ENDED, Permission.DRAFT_APPLICATION, "close it")
ADD = Opening("add_party", "", Permission.EDIT_PEOPLE, "add a person")
RECORD = Opening("record_person", "", Permission.RECORD_REQUEST)


def note(case: Case, *, by: User, restricted_reason: str, online_acts: bool) -> Case:
    with NOTE.on(case, by=by) as case:
        if restricted_reason == "forbidden":
            raise Refused("restricted_reason", "The reason must not be forbidden")
        if restricted_reason == "nowhere":
            raise Refused("elsewhere", "The law says no")
        case.restricted_reason, case.online_acts = restricted_reason, online_acts
    return case


def close(case: Case, *, by: User, closed_at: datetime) -> Case:
    with CLOSE.on(case, by=by) as case:
        case.asked_at = closed_at  # any moment of the case
    return case


def add_party(case: Case, *, by: User, family_name: str, role: str) -> Party:
    with ADD.of(case, by=by) as opened:
        person = Person(force_id=case.force_id, family_name=family_name)
        person.save()
        return opened.save(Party(case=case, person=person, role=role))


def record_person(*, by: User, family_name: str) -> Case:
    with RECORD.of(None, by=by) as opened:
        person = Person(force_id=by.force_id, family_name=family_name)
        person.save()
        return opened.save(
            Case(
                force_id=by.force_id,
                unit=by.unit,
                subject=person,
                reference="TS-26-9999",
                asked_at="2026-11-01T10:00:00Z",
            )
        )


class NoteForm(forms.Form):
    restricted_reason = forms.CharField(label="Reason", named="the reason", max_length=60)
    online_acts = forms.YesNoField(label="Were there acts online?", named="there were acts online")


class CloseForm(forms.Form):
    closed_at = forms.MomentField(label="When was it closed?", named="the time of closing")


class PartyForm(forms.Form):
    family_name = forms.CharField(label="Family name")
    role = forms.ChoiceField(label="Role", choices=Party.Role.choices)


class PersonForm(forms.Form):
    family_name = forms.CharField(label="Family name")


class Note(pages.StepView):
    model, step, act, form_class = Case, NOTE, note, NoteForm
    title, done, success = "Note the reason", "The note is kept", "acts:case"


class Close(pages.StepView):
    model, step, act, form_class = Case, CLOSE, close, CloseForm
    success, warning = "acts:case", True


class AddParty(pages.OpeningView):
    step, act, form_class, success = ADD, add_party, PartyForm, "acts:case"


class RecordPerson(pages.OpeningView):
    model, step, act, form_class = None, RECORD, record_person, PersonForm
    plural, success = "people", "acts:case"


class CaseView(pages.CasePage):
    template_name = "case.html"
    title = "Overview"


class Deadlines(pages.ListView):
    model, order, size = Deadline, "due_at", 2
    title = "Clocks"

    def filters(self) -> dict[str, Any]:
        return {"kind": kind} if (kind := self.request.GET.get("kind")) else {}


class CaseShape(serializers.ModelSerializer[Case]):
    class Meta:
        model = Case
        fields = ("id", "reference", "status")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a bug")


def gone(request: HttpRequest) -> HttpResponse:
    raise OperationalError("the database is not there")


ACTS = (Note, Close, AddParty, RecordPerson)
here = [
    path("case/<uuid:case>/", CaseView.as_view(), name="case"),
    path("clocks/", Deadlines.as_view(), name="clocks"),
    path("broken/", broken),
    path("gone/", gone),
    *pages.urls_for(ACTS),
]
api_here = [*api.urls_for(ACTS), *api.reads(Case, CaseShape, order="-asked_at")]
urlpatterns = [
    path("accounts/", include("accounts.urls")),
    path("acts/", include((here, "acts"))),
    path("api/", include((api_here, "api"))),
]
handler400 = "casework.problems.bad_request"
handler403 = "casework.problems.forbidden"
handler404 = "casework.problems.not_found"
handler500 = "casework.problems.server_error"
