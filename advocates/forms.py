"""What is asked of officers about consent, and of advocates about their clients."""

from typing import Any

from accounts.models import Force, User
from accounts.queries import forces_that_answer
from accounts.roles import Role
from casework import forms
from casework.models import PROTECTED_ROLES, Case
from people.models import Person


class ConsentForm(forms.Form):
    """A client's consent, as she gave it."""

    person = forms.RecordField(
        label="Who agreed?", named="who agreed", queryset=Person.objects.none()
    )
    advocate = forms.RecordField(
        label="Which advocate may see where this person’s protection stands?",
        named="an advocate",
        queryset=User.objects.none(),
        widget=forms.Select,
    )
    given_on = forms.DateField(label="When did this person agree?", named="the day of the consent")
    valid_until = forms.DateField(
        label="Until which day?",
        named="the last day of the consent",
        help_text="The consent ends with this day, and at any time if the person says so",
    )
    how = forms.CharField(
        label="How did this person agree?",
        named="how the person agreed",
        help_text="For example, in writing, or by telephone to the officer in the case",
        max_length=200,
    )

    def __init__(self, *args: Any, case: Case | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = case.parties.filter(role__in=PROTECTED_ROLES) if case else []
        people: Any = self.fields["person"]
        people.queryset = Person.objects.filter(pk__in=[party.person_id for party in parties])
        advocates: Any = self.fields["advocate"]
        advocates.queryset = User.objects.filter(role=Role.ADVOCATE, is_active=True).order_by(
            "name"
        )


class AskForm(forms.Form):
    """An advocate asks a force for an order. The clock starts when this is sent."""

    force = forms.RecordField(
        label="Which police force?",
        named="a police force",
        queryset=Force.objects.none(),
        widget=forms.Select,
        help_text="The force for the area where the person who does this lives. "
        "If it is not in the list, nobody there reads this: ring 101 and ask for that force",
    )
    client_as_told = forms.CharField(
        label="Who needs protection?",
        named="a name or initials for your client",
        help_text="The name or the initials, as your client chooses",
        max_length=120,
    )
    safe_contact = forms.CharField(
        label="How can the police reach your client safely?",
        named="how the police can reach your client safely",
        help_text="Which way, when, and what never to say. Through you, if that is safest",
        max_length=300,
    )
    subject_as_told = forms.CharField(
        label="Who is doing this?",
        named="who is doing this",
        help_text="A name, a nickname, or what you know",
        max_length=200,
    )
    concerns = forms.TextField(
        label="What has happened?",
        named="what has happened",
        help_text="Say what was done, when, and what your client is afraid of. "
        "Do not write where your client lives or works",
        max_length=8000,
    )
    crime_reference = forms.CharField(
        label="Crime reference, if you have one", max_length=40, required=False
    )
    client_agrees = forms.TickField(
        label="My client agrees that I ask for an order",
        named="your client agrees that you ask",
        required=True,
    )
    again = forms.TickField(label="This is a second request for this client: send it as well")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        force: Any = self.fields["force"]
        force.queryset = forces_that_answer()


class IncidentForm(forms.Form):
    """An advocate reports something that may break the order."""

    happened_at = forms.MomentField(
        label="When did it happen?",
        named="when it happened",
        help_text="About is enough: the hour and minute nearest to it",
        past=True,
    )
    what_happened = forms.TextField(
        label="What happened?",
        named="what happened",
        help_text="Do not write where your client lives or works",
        max_length=8000,
    )
    place = forms.CharField(
        label="Where did it happen, if it can be said?", max_length=200, required=False
    )
