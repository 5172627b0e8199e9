"""The request, the decisions on it, and the superintendent's."""

from typing import Any

from accounts.models import Force, Organisation, User
from accounts.roles import Role
from applications.models import Authority, Request, ThresholdDecision
from casework import forms
from law.grounds import POLICE_ASK, Ground


def ground_question(ground: Ground, *, named: str) -> forms.YesNoField:
    """Does this ground appear to be met? Nothing is selected beforehand."""
    return forms.YesNoField(
        label=f"{POLICE_ASK[ground]}, {ground.provision}",
        named=named,
        yes="It appears so",
        no="It does not",
    )


def reasons(**options: Any) -> forms.TextField:
    return forms.TextField(label="Reasons", max_length=4000, rows=3, **options)


class RequestForm(forms.Form):
    """What was asked, by whom, and when first."""

    source = forms.ChoiceField(
        label="Who asks for an order?", named="who asks", choices=Request.Source.choices
    )
    asker_name = forms.CharField(
        label="Name of the person who asks", max_length=120, required=False
    )
    organisation = forms.RecordField(
        label="Organisation",
        queryset=Organisation.objects.order_by("name"),
        widget=forms.Select,
        required=False,
    )
    asked_by = forms.RecordField(
        label="Their account here, if they have one",
        queryset=User.objects.none(),
        widget=forms.Select,
        required=False,
    )
    asked_at = forms.MomentField(
        label="When was it first asked for?",
        named="the time of the first ask",
        hint="By anybody, also by telephone: the 2 days for the decision began then",
        past=True,
    )
    crime_reference = forms.CharField(label="Crime reference", max_length=40, required=False)
    subject_as_told = forms.CharField(
        label="Against whom?",
        named="who the order is asked against",
        hint="As you were told: a name, or what is known",
    )
    concerns = forms.TextField(
        label="What has happened?",
        named="what has happened",
        hint="Do not write where the person who needs protection lives, works or goes",
        max_length=8000,
        rows=6,
    )
    domestic_abuse = forms.YesNoField(
        label="Is it domestic abuse?", named="it is domestic abuse", hint="Both 16 or over, related"
    )
    online_acts = forms.YesNoField(
        label="Are any of the acts online?", named="any of the acts are online"
    )
    officer = forms.RecordField(
        label="Who will work on it?",
        queryset=User.objects.none(),
        widget=forms.Select,
        required=False,
        hint="You, if you leave this open and are an officer",
    )
    again = forms.TickField(label="This is a second request: record it as well")

    def __init__(self, *args: Any, force: Force, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        active = User.objects.filter(is_active=True).order_by("name")
        own = active.filter(force=force, role__in=(Role.OFFICER, Role.STALKING_LEAD))
        fields: Any = self.fields
        fields["officer"].queryset = own
        fields["asked_by"].queryset = own | active.filter(role=Role.ADVOCATE)


class DecideForm(forms.Form):
    """The three grounds, limb by limb, and the outcome."""

    acts_shown = ground_question(Ground.ACTS, named="acts associated with stalking are shown")
    acts_reason = reasons(named="the reasons about the acts")
    risk_shown = ground_question(Ground.RISK, named="a risk associated with stalking is shown")
    risk_reason = reasons(named="the reasons about the risk")
    necessary = ground_question(Ground.NECESSITY, named="an order appears necessary")
    necessary_reason = reasons(named="the reasons about necessity")
    outcome = forms.ChoiceField(
        label="What do you decide?",
        named="what you decide",
        choices=ThresholdDecision.Outcome.choices,
        hints={
            "proceed": "Other orders, bail or a criminal case are never a bar",
            "decline": "A stalking lead looks at it again, and the requester is told",
        },
        reveals={"decline": "decline_reason"},
    )
    decline_reason = forms.ChoiceField(
        label="Why is it declined?",
        named="why the request is declined",
        choices=Request.DeclineReason.choices,
        required=False,
    )
    told_requester = forms.TextField(
        label="What the requester is told",
        hint="Only if you decline. In plain words; never where anybody lives",
        max_length=2000,
        required=False,
    )
    look_again_on = forms.DateField(
        label="Look again on",
        named="the day to look again",
        hint="Only if you decline, and a later day would change it",
        required=False,
    )


class SecondLookForm(DecideForm):
    """The same questions, of whoever looks at a decline: after this nobody else is asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome: Any = self.fields["outcome"]
        agreed = (
            "You agree with the decline. The requester is told, and it is looked at again only on a "
            "day that you set"
        )
        outcome.hints = outcome.hints | {"decline": agreed}


class TellForm(forms.Form):
    told_at = forms.MomentField(
        label="When was the requester told?", named="when the requester was told", past=True
    )
    told_how = forms.CharField(
        label="How, and who was told?",
        named="how the requester was told",
        hint="By telephone, the housing officer who asked",
        max_length=200,
    )


class DuplicateForm(forms.Form):
    other = forms.CharField(
        label="Reference of the case that goes on",
        named="the reference of the other case",
        hint="For example, TS-26-0147",
        max_length=20,
    )
    reason = forms.CharField(
        label="How do you know that it is the same request?",
        named="how you know that it is the same request",
        hint="For example, sent twice from one form",
        max_length=200,
    )


class ReopenForm(forms.Form):
    reason = forms.TextField(label="What is new?", named="what is new", max_length=1000)


class AuthorityForm(forms.Form):
    """Each ground as it appears to the superintendent, and one decision on the text that was seen."""

    seen_hash = forms.CharField(label="Check value", max_length=64)
    acts_met = forms.YesNoField(
        label="Does it appear so to you? Ground (a)",
        named="ground (a) appears to be met",
        yes="It appears so to me",
        no="It does not",
        required=False,
    )
    acts_reason = reasons(named="your reasons about ground (a)", required=False)
    risk_met = forms.YesNoField(
        label="Does it appear so to you? Ground (b)",
        named="ground (b) appears to be met",
        yes="It appears so to me",
        no="It does not",
        required=False,
    )
    risk_reason = reasons(named="your reasons about ground (b)", required=False)
    necessity_met = forms.YesNoField(
        label="Does it appear so to you? Ground (c)",
        named="ground (c) appears to be met",
        yes="It appears so to me",
        no="It does not",
        required=False,
    )
    necessity_reason = reasons(named="your reasons about ground (c)", required=False)
    decision = forms.ChoiceField(
        label="What do you decide?",
        named="what you decide",
        choices=[
            (Authority.Decision.GIVEN, "Authorise the application as it is above"),
            (Authority.Decision.RETURNED, "Return it, with what must be mended"),
            (Authority.Decision.REFUSED, "Refuse it"),
        ],
    )
    note = forms.TextField(
        label="Note",
        hint="What must be mended, if you return it. Kept as you write it; the defence may read it",
        required=False,
    )

    def __init__(self, *args: Any, stopped: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stopped:
            field: Any = self.fields["decision"]
            given = Authority.Decision.GIVEN
            field.choices = [choice for choice in field.choices if choice[0] != given]
