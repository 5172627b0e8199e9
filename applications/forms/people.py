"""Naming people: an existing person is found before a new one is made."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.forms.boundfield import BoundField

from accounts.models import Force, User
from applications.queries import people_open_to
from casework import forms
from casework.models import Case, Party
from law.periods import written
from people.models import Address, Confidential, Identifier, Name, Person, SafeContact
from people.queries import Found, confidential_of, look_alikes

NEW = "new"
RELATIONSHIPS = (
    "Current partner",
    "Former partner",
    "Family",
    "Acquaintance",
    "Neighbour",
    "Colleague",
    "Former colleague",
    "Client, patient or service user",
    "Known online only",
    "Stranger",
    "Follower of a public figure",
    "Other",
    "Not known",
)


class FindingForm(forms.Form):
    """A person by name; where the force may know the person already, it asks before it makes one."""

    given_names = forms.CharField(label="Given names", max_length=100, required=False)
    family_name = forms.CharField(label="Family name", max_length=100)
    born_on = forms.DateField(
        label="Date of birth", named="the date of birth", past=True, required=False
    )
    person = forms.ChoiceField(
        label="Is it one of these people?", named="who it is", choices=(), required=False
    )

    def __init__(self, *args: Any, case: Case, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.alike = case, list[Found]()
        if self.is_bound and (family_name := str(self.data.get("family_name", "")).strip()):
            self.alike = look_alikes(
                case.force,
                given_names=str(self.data.get("given_names", "")).strip(),
                family_name=family_name,
                among=people_open_to(by, case.force),
            )
        if self.alike:
            found = [(str(f.person.pk), described(f)) for f in self.alike]
            asked: Any = self.fields["person"]
            asked.choices = [*found, (NEW, "None of these: somebody new")]

    def standing(self) -> Iterator[BoundField]:
        """The question who it is comes first, and only when there is somebody to choose from."""
        if self.alike:
            yield self["person"]
        yield from (bound for bound in super().standing() if bound.name != "person")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.alike and not cleaned.get("person"):
            self.add_error("person", "Select one of these people, or say that it is somebody new")
        return cleaned

    def chosen(self) -> dict[str, Any]:
        """The existing person, or the facts of a new one, for the act."""
        values = dict(self.cleaned_data)
        chosen = values.pop("person", "")
        facts = {name: values.pop(name) for name in self.facts if name in values}
        if chosen and chosen != NEW:
            return values | {"person": Person.objects.get(pk=chosen, force=self.case.force)}
        return values | facts

    facts: tuple[str, ...] = ("given_names", "family_name", "born_on")


def described(found: Found) -> str:
    born = found.person.born_on
    known = f"born {written(born)}" if born else "date of birth not known"
    return f"{found.person.full_name}, {known}{'' if found.exact else ' (sounds alike)'}"


class SubjectForm(FindingForm):
    """Whom the order is sought against."""


class PartyForm(FindingForm):
    """Somebody who was stalked, is to be protected, or both."""

    role = forms.ChoiceField(
        label="What is this person in the case?",
        named="what this person is in the case",
        hint="Somebody can need protection who was never stalked: family, friends, colleagues",
        choices=Party.Role.choices,
    )
    called = forms.CharField(
        label="What do court papers call this person?",
        named="the name for court papers",
        hint="Never the real name: Ms A",
        max_length=60,
        required=False,
    )
    relationship = forms.ChoiceField(
        label="What is the subject to this person?",
        choices=[(r, r) for r in RELATIONSHIPS],
        widget=forms.Select,
        required=False,
    )
    language = forms.CharField(label="Language, if not English", max_length=40, required=False)
    interpreter_needed = forms.TickField(label="An interpreter is needed")

    facts = (*FindingForm.facts, "language", "interpreter_needed")


class RemovePartyForm(forms.Form):
    party = forms.RecordField(
        label="Who is not part of this case?",
        named="who is not part of this case",
        queryset=Party.objects.none(),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        party: Any = self.fields["party"]
        party.queryset = case.parties.select_related("person")
        party.label_from_instance = lambda p: f"{p.person} ({p.called or p.role})"


class NameForm(forms.Form):
    kind = forms.ChoiceField(
        label="What kind of name is it?",
        named="the kind of name",
        choices=[c for c in Name.Kind.choices if c[0] != Name.Kind.NOTIFIED],
    )
    text = forms.CharField(label="The name", named="the name")


class IdentifierForm(forms.Form):
    kind = forms.ChoiceField(
        label="What is it?", named="what it is", choices=Identifier.Kind.choices
    )
    text = forms.CharField(label="Number, address or name of it", named="the number or name")


class AddressForm(forms.Form):
    """Where the subject lives or can be found."""

    lines = forms.CharField(label="Address or place", named="the address", max_length=300)
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)
    police_force = forms.RecordField(
        label="In which police area?",
        queryset=Force.objects.filter(kind=Force.Kind.TERRITORIAL),
        widget=forms.Select,
        required=False,
    )
    lived_from = forms.DateField(
        label="Since when?", named="the day since when", past=True, required=False
    )
    told_by = forms.CharField(label="Who told you?", max_length=120, required=False)


class RemoveNameForm(forms.Form):
    """What he notified himself is not among them."""

    name = forms.RecordField(
        label="Which name was never the subject’s?",
        named="which name was never the subject’s",
        queryset=Name.objects.none(),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Name.objects.filter(person=case.subject_id).exclude(kind=Name.Kind.NOTIFIED)
        _choose_among(self.fields["name"], rows)


class RemoveIdentifierForm(forms.Form):
    identifier = forms.RecordField(
        label="Which was never the subject’s?",
        named="which was never the subject’s",
        queryset=Identifier.objects.none(),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_among(self.fields["identifier"], Identifier.objects.filter(person=case.subject_id))


class LeaveAddressForm(forms.Form):
    address = forms.RecordField(
        label="Where does the subject live no more?",
        named="where the subject lives no more",
        queryset=Address.objects.none(),
    )
    lived_until = forms.DateField(
        label="What was the last day there?", named="the last day there", past=True
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        living: Any = self.fields["address"]
        living.queryset = Address.objects.filter(person=case.subject_id, lived_until=None)


def _choose_among(field: Any, rows: QuerySet[Any]) -> None:
    """Offer these rows, each with its kind."""
    field.queryset = rows.order_by("kind", "text")
    field.label_from_instance = lambda row: f"{row.text} ({row.get_kind_display().lower()})"


class InCaseForm(forms.Form):
    """About one of the victims and protected persons of the case."""

    person = forms.RecordField(
        label="About whom?", named="whom it is about", queryset=Person.objects.none()
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = case.parties.values("person_id")
        person: Any = self.fields["person"]
        person.queryset = Person.objects.filter(pk__in=parties)


class DetailForm(InCaseForm):
    """A detail for the vault."""

    kind = forms.ChoiceField(
        label="What must not be given away?",
        named="what it is",
        choices=Confidential.Kind.choices,
    )
    text = forms.CharField(
        label="The detail",
        hint="Whole, with the postcode: every document is searched for it before it leaves",
        max_length=300,
    )


class ReleaseForm(forms.Form):
    detail = forms.RecordField(
        label="Which detail is not true any more?",
        named="the detail",
        queryset=Confidential.objects.none(),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = case.parties.values_list("person_id", flat=True)
        detail: Any = self.fields["detail"]
        detail.queryset = confidential_of([*people])
        detail.label_from_instance = lambda d: f"{d.person.full_name}: {d.get_kind_display()}"


class SafeContactForm(InCaseForm):
    """How she may be reached, as she said."""

    method = forms.ChoiceField(
        label="How may this person be reached?",
        named="how this person may be reached",
        choices=SafeContact.Method.choices,
    )
    rule = forms.CharField(label="When, and what never to say", max_length=300, required=False)
