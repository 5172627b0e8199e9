"""Lodging, hearings and results. What order the court made is recorded on the orders' own page."""

from typing import Any

from django.db.models import Prefetch

from applications import changing, days_in_court, forms, lifecycle, resting
from applications.courts import courts_used_by
from applications.models import Application, Hearing, WrongResult
from applications.queries import living_authority
from applications.subject import youth_findings
from applications.views.answers import beside_pages
from casework import clock, frame, pages
from casework.errors import Refused
from casework.models import Case
from law.findings import Finding
from law.interim import Determination


class Lodge(pages.StepView):
    model = Application
    step = lifecycle.LODGE
    act = lifecycle.lodge
    form_class = forms.LodgeForm
    template_name = "applications/lodge.html"
    title = "Lodge the application at court"
    button = "Record that it is lodged"
    done = "Lodged. The court papers are being made"
    success = "applications:overview"
    place = "applications:overview"

    def form_options(self) -> dict[str, Any]:
        return {"courts": courts_used_by(self.record.case.force_id)}

    def initial(self) -> dict[str, Any]:
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            authority=living_authority(self.record),
            findings=beside_pages(
                self.record,
                youth_findings(self.record, applied_on=clock.today()),
                self.request.user,
            ),
            **kwargs,
        )


class Withdraw(pages.StepView):
    model = Application
    step = lifecycle.WITHDRAW
    act = lifecycle.withdraw_application
    form_class = forms.WithdrawForm
    title = "Withdraw the application"
    button = "Withdraw the application"
    done = "The application is withdrawn"
    success = "applications:overview"
    place = "applications:overview"
    warning = True
    template_name = "applications/withdraw.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = days_in_court.ending_findings(self.record, Determination.WITHDRAWN)
        return super().get_context_data(findings=found, **kwargs)


class ListHearing(pages.OpeningView):
    model = Case
    step = lifecycle.LIST_HEARING
    act = lifecycle.list_hearing
    form_class = forms.HearingForm
    title = "List a hearing"
    button = "List the hearing"
    done = "The hearing is listed"
    template_name = "applications/list_hearing.html"
    success = "applications:hearings"
    place = "applications:overview"

    def lodged(self) -> Application | None:
        lodged = Application.objects.filter(case=self.record, status=Application.Status.LODGED)
        return lodged.first()

    def form_options(self) -> dict[str, Any]:
        lodged = self.lodged()
        beside = lodged.court_id if lodged else None
        courts = courts_used_by(self.record.force_id, beside=beside)
        return {"lodged": lodged is not None, "no_order": self.no_order(), "courts": courts}

    def against(self) -> str:
        return changing.against(self.record, clock.today())

    def no_order(self) -> str:
        against = self.against()
        return against if against == changing.NO_ORDER else ""

    def initial(self) -> dict[str, Any]:
        application = self.lodged()
        if application is None:
            return {}
        return {"court": application.court_id}

    def arguments(self, form: Any) -> dict[str, Any]:
        values = dict(form.cleaned_data)
        about_order = values["purpose"] == Hearing.Purpose.VARIATION
        return values | {"application": None if about_order else self.lodged()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Where nothing can be heard, why, and where that is mended, in the place of the form."""
        against, lodged = self.against(), self.lodged()
        return super().get_context_data(
            against=against,
            nothing=against == changing.NO_ORDER and lodged is None,
            order_page=frame.address("orders:overview", case=self.record.pk),
            **kwargs,
        )


REASON_OF = {  # the field that asks why, by what the court decided
    Hearing.Outcome.INTERIM_REFUSED: "interim_refusal_reason",
    Hearing.Outcome.REFUSED: "refusal_reason",
    Hearing.Outcome.WITHDRAWN: "withdrawal_reason",
}


class OfHearing(pages.StepView):
    """The result of a hearing, for the first time or put right."""

    model = Hearing
    success = "applications:hearings"
    place = "applications:overview"

    def form_options(self) -> dict[str, Any]:
        return {
            "about_order": self.record.application_id is None,
            "about_interim": self.record.purpose == Hearing.Purpose.INTERIM,
        }

    def arguments(self, form: Any) -> dict[str, Any]:
        values = dict(form.cleaned_data)
        reasons = {outcome: values.pop(field) for outcome, field in REASON_OF.items()}
        return values | {"reason": reasons.get(values["outcome"], "")}

    def perform(self, form: Any, *, version: int | None) -> Any:
        try:
            return super().perform(form, version=version)
        except Refused as no:
            field = REASON_OF.get(form.cleaned_data["outcome"], no.field)
            raise Refused(field if no.field == "reason" else no.field, str(no)) from no

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application = self.record.application
        return super().get_context_data(
            hearing=self.record,
            order_page=frame.address("orders:make", pk=self.record.pk),
            findings=days_in_court.hearing_findings(self.record),
            if_withdrawn=days_in_court.ending_findings(application, Determination.WITHDRAWN)
            if application
            else [],
            **kwargs,
        )


class ResultHearing(OfHearing):
    """Adjourned, refused or withdrawn; an order is recorded from the court's own paper."""

    step = lifecycle.RESULT_HEARING
    act = lifecycle.result_hearing
    form_class = forms.ResultForm
    template_name = "applications/result.html"
    title = "Record the result of the hearing"
    button = "Record the result"
    done = "The result is recorded"

    def initial(self) -> dict[str, Any]:
        return {}


class CorrectResult(OfHearing):
    """Another result, another day of the hearing, or another next hearing than was recorded."""

    keeps_omitted = True
    step = lifecycle.CORRECT_RESULT
    act = lifecycle.correct_result
    form_class = forms.CorrectResultForm
    template_name = "applications/correct_result.html"
    title = "Correct the result of the hearing"
    button = "Correct the result"
    done = "The result is corrected. What was recorded before is kept"
    url_name = "correct_result"

    def initial(self) -> dict[str, Any]:
        hearing = self.record
        follower = Hearing.objects.filter(follows=hearing).first()
        return {
            "starts_at": hearing.starts_at,
            "outcome": hearing.outcome,
            "note": hearing.outcome_note,
            "next_starts_at": follower.starts_at if follower else None,
            "next_room": follower.room if follower else "",
            REASON_OF.get(hearing.outcome, ""): hearing.outcome_reason,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rests=[*resting.on(self.record)], **kwargs)


class TakeBackResult(pages.StepView):
    """The court decided nothing of the kind, or made an order, whose paper is recorded instead."""

    model = Hearing
    step = lifecycle.TAKE_BACK_RESULT
    act = lifecycle.take_back_result
    form_class = forms.TakeBackResultForm
    template_name = "applications/correct_result.html"
    title = "Take back the result of the hearing"
    button = "Take the result back"
    done = "The result is taken back, and awaited again"
    success = "applications:hearings"
    place = "applications:overview"
    warning = True
    url_name = "take_back_result"

    def initial(self) -> dict[str, Any]:
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            hearing=self.record, rests=[*resting.on(self.record)], **kwargs
        )


class VacateHearing(pages.StepView):
    model = Hearing
    step = lifecycle.VACATE_HEARING
    act = lifecycle.vacate_hearing
    form_class = forms.VacateForm
    title = "The hearing does not take place"
    button = "Take it out of the list"
    done = "The hearing is out of the list"
    success = "applications:hearings"
    place = "applications:overview"


class Hearings(pages.CasePage):
    """Every day in court of the case."""

    template_name = "applications/hearings.html"
    title = "Hearings"
    place = "applications:overview"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        hearings = self.case.hearings.select_related(
            "court", "application__case__subject"
        ).prefetch_related(
            Prefetch("wrong_results", WrongResult.objects.select_related("superseded_by"))
        )
        rows = [
            {
                "hearing": hearing,
                "findings": days_in_court.hearing_findings(hearing)
                if hearing.status == "listed"
                else [],
                "begun": hearing.starts_at <= clock.now(),
                "may_result": lifecycle.RESULT_HEARING.offered(hearing, user),
                "may_vacate": lifecycle.VACATE_HEARING.offered(hearing, user),
                "may_correct": lifecycle.CORRECT_RESULT.offered(hearing, user),
                "order_page": frame.address("orders:make", pk=hearing.pk),
            }
            for hearing in hearings
        ]
        return super().get_context_data(
            rows=rows,
            unlisted=_unlisted(self.case),
            may_list=lifecycle.LIST_HEARING.offered(self.case, user),
            **kwargs,
        )


def _unlisted(case: Case) -> list[Finding]:
    """s5(6)(a): an interim order runs, and the court has given no day for its application."""
    return [
        finding
        for application in case.applications.filter(status=Application.Status.LODGED)
        if not application.hearings.filter(status=Hearing.Status.LISTED).exists()
        for finding in days_in_court.lapse_findings(application, hearing_on=None)
    ]


ACTS = (
    Lodge,
    Withdraw,
    ListHearing,
    ResultHearing,
    CorrectResult,
    TakeBackResult,
    VacateHearing,
)
