"""The subject, and whom the order protects. What is confidential is shown on this page alone."""

from typing import Any

from accounts import policy
from accounts.roles import Permission
from applications import forms, lifecycle
from applications.lifecycle import persons
from applications.models import Application, Request
from applications.queries import people_open_to
from audit import looks
from casework import frame, pages
from casework.models import Case, Party
from people.models import Correction, Name
from people.queries import confidential_of, safe_contact_of


class WhoView(pages.StepView):
    """Who is in the application: somebody known is found before somebody new is made."""

    model = Application
    button = "Save and continue"
    success = "applications:people"
    place = "applications:overview"

    def initial(self) -> dict[str, Any]:
        return {}

    def form_options(self) -> dict[str, Any]:
        return {"case": self.record.case, "by": self.request.user}

    def arguments(self, form: Any) -> dict[str, Any]:
        chosen: dict[str, Any] = form.chosen()
        return chosen

    def get_success_url(self, result: Any = None) -> str:
        return frame.address(self.success, case=self.record.case_id)


class NameSubject(WhoView):
    step = lifecycle.EDIT
    act = lifecycle.name_subject
    form_class = forms.SubjectForm
    template_name = "applications/name_subject.html"
    title = "Who is the subject?"

    def initial(self) -> dict[str, Any]:
        """The name that the request told of, while nobody is named: the last word is the family's."""
        request = Request.objects.filter(case=self.record.case_id).first()
        if self.record.case.subject_id or request is None:
            return {}
        given, _, family = request.subject_as_told.strip().rpartition(" ")
        return {"given_names": given, "family_name": family}

    done = "The subject is named"
    url_name = "name_subject"


class AddProtectedPerson(WhoView):
    step = lifecycle.EDIT
    act = lifecycle.add_protected_person
    form_class = forms.PartyForm
    title = "Add a victim or protected person"
    done = (
        "The person is in the case. Keep the confidential places, and agree how to reach the person"
    )
    url_name = "add_protected_person"


class RemoveProtectedPerson(WhoView):
    step = lifecycle.EDIT
    act = lifecycle.remove_protected_person
    form_class = forms.RemovePartyForm
    title = "Take somebody out of the case"
    button = "Take this person out"
    done = "The person is out of the case"
    warning = True
    url_name = "remove_protected_person"

    def form_options(self) -> dict[str, Any]:
        return {"case": self.record.case}

    def arguments(self, form: Any) -> dict[str, Any]:
        return dict(form.cleaned_data)


class CaseActView(pages.OpeningView):
    """Something that is known of the people in the case, written at any time."""

    model = Case
    success = "applications:people"
    place = "applications:overview"
    done = "Saved"

    def get_success_url(self, result: Any = None) -> str:
        return frame.address(self.success, case=self.record.pk)


class CorrectSubject(CaseActView):
    keeps_omitted = True
    step = lifecycle.CORRECT_SUBJECT
    act = lifecycle.correct_subject
    form_class = forms.CorrectForm
    title = "What is known of the subject"
    button = "Save"

    def initial(self) -> dict[str, Any]:
        subject = self.record.subject
        return {name: getattr(subject, name, None) for name in forms.CorrectForm.base_fields}


class CorrectParty(pages.OpeningView):
    """The name or birth date of somebody who was stalked, is protected, or saw it."""

    model, plural = Party, "parties"
    keeps_omitted = True
    door = Permission.VIEW_CONFIDENTIAL
    step = lifecycle.CORRECT_PARTY
    act = lifecycle.correct_party
    form_class = forms.CorrectPartyForm
    title = "Correct a name or birth date"
    button = "Save the correction"
    done = "It is corrected. What was recorded before is kept as history"
    success = "applications:people"
    place = "applications:overview"

    def rows(self) -> Any:
        return Party.objects.select_related("case__force", "case__subject", "person")

    def initial(self) -> dict[str, Any]:
        names = ("given_names", "family_name", "born_on")
        return {name: getattr(self.record.person, name) for name in names}

    def get_success_url(self, result: Any = None) -> str:
        return frame.address(self.success, case=self.record.case_id)


class AddName(CaseActView):
    step = lifecycle.ADD_NAME
    act = lifecycle.add_name
    form_class = forms.NameForm
    title = "Add another name of the subject"
    button = "Add the name"


class AddIdentifier(CaseActView):
    step = lifecycle.ADD_IDENTIFIER
    act = lifecycle.add_identifier
    form_class = forms.IdentifierForm
    title = "Add a phone, plate or account of the subject"
    button = "Add it"


class AddAddress(CaseActView):
    step = lifecycle.ADD_ADDRESS
    act = lifecycle.add_address
    form_class = forms.AddressForm
    title = "Add an address of the subject"
    button = "Add the address"


class RemoveView(CaseActView):
    """What was written of the subject by mistake, or is so no more. Chosen from what is there."""

    def form_options(self) -> dict[str, Any]:
        return {"case": self.record}


class RemoveName(RemoveView):
    step = persons.REMOVE_NAME
    act = persons.remove_name
    form_class = forms.RemoveNameForm
    title = "Take out a wrong name of the subject"
    button = "Take it out"
    done = "The name is taken out"
    warning = True


class RemoveIdentifier(RemoveView):
    step = persons.REMOVE_IDENTIFIER
    act = persons.remove_identifier
    form_class = forms.RemoveIdentifierForm
    title = "Take out a wrong phone, plate or account"
    button = "Take it out"
    done = "It is taken out"
    warning = True


class LeaveAddress(RemoveView):
    step = persons.LEAVE_ADDRESS
    act = persons.leave_address
    form_class = forms.LeaveAddressForm
    title = "The subject has left an address"
    button = "Save"


class InCaseView(CaseActView):
    """About a victim or protected person. Opened by whoever may see what is confidential."""

    door = Permission.VIEW_CONFIDENTIAL

    def form_options(self) -> dict[str, Any]:
        return {"case": self.record}


class KeepConfidential(InCaseView):
    step = lifecycle.KEEP_CONFIDENTIAL
    act = lifecycle.keep_confidential
    form_class = forms.DetailForm
    title = "Keep a detail confidential"
    button = "Keep it confidential"
    done = "It is in the vault. No document to the subject or the court leaves with it"


class ReleaseConfidential(InCaseView):
    step = lifecycle.RELEASE_CONFIDENTIAL
    act = lifecycle.release_confidential
    form_class = forms.ReleaseForm
    title = "Take a detail out of the vault"
    button = "Take it out"
    warning = True


class AgreeSafeContact(InCaseView):
    step = lifecycle.AGREE_SAFE_CONTACT
    act = lifecycle.agree_safe_contact
    form_class = forms.SafeContactForm
    title = "Agree how to reach somebody safely"
    button = "Save"
    done = "It is agreed. What was agreed before is kept as history"

    def initial(self) -> dict[str, Any]:
        """What is agreed now, where the page was opened from one person's lines."""
        parties = self.record.parties.select_related("person")
        asked = self.request.GET.get("person", "")
        person = next((p.person for p in parties if str(p.person_id) == asked), None)
        held = safe_contact_of(person) if person else None
        if held is None:
            return {"person": person} if person else {}
        looks.note(looks.Look("confidential", "people.safecontact", str(held.pk), self.record.pk))
        return {"person": person, "method": held.method, "rule": held.rule}


class People(pages.CasePage):
    """Who is in the case: what each is called in documents, and what must not be given away."""

    template_name = "applications/people.html"
    title = "Subject and protected persons"
    place = "applications:overview"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        parties = list(self.case.parties.select_related("person").order_by("called", "pk"))
        may_see = policy.can(user, Permission.VIEW_CONFIDENTIAL, self.case)
        mine = people_open_to(user, self.case.force)
        shown = mine.filter(pk__in=[p.person_id for p in parties]).values_list("pk", flat=True)
        details = confidential_of(list(shown)) if may_see else []
        corrections = Correction.objects.filter(person__in=[p.person_id for p in parties])
        corrections = corrections if may_see else corrections.none()
        for detail in details:
            looks.note(
                looks.Look("confidential", "people.confidential", str(detail.pk), self.case.pk)
            )
        application = self.case.applications.order_by("-pk").filter(status__in=OPEN).first()
        return super().get_context_data(
            subject=self.case.subject,
            notified=Name.Kind.NOTIFIED,
            parties=[(party, safe_contact_of(party.person)) for party in parties],
            corrections=corrections,
            may_correct=may_see and lifecycle.CORRECT_PARTY.offered(self.case, user),
            details=details,
            may_see=may_see,
            may_edit=lifecycle.ADD_NAME.offered(self.case, user),
            application=application,
            may_draft=application is not None and lifecycle.EDIT.offered(application, user),
            **kwargs,
        )


OPEN = ("draft", "submitted", "authorised")
ACTS = (
    NameSubject,
    AddProtectedPerson,
    RemoveProtectedPerson,
    CorrectSubject,
    CorrectParty,
    AddName,
    AddIdentifier,
    AddAddress,
    RemoveName,
    RemoveIdentifier,
    LeaveAddress,
    KeepConfidential,
    ReleaseConfidential,
    AgreeSafeContact,
)
