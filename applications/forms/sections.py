"""The parts of an application. Any of them may be saved half done; only sending waits."""

from applications.models import Application
from casework import forms
from law.grounds import ActKind


class AreaForm(forms.Form):
    area_limb = forms.ChoiceField(
        label="What ties the subject to this force's area?",
        named="what ties the subject to this force's area",
        hint="One is enough, s1(3). Where a victim lives is no part of it",
        choices=Application.AreaLimb.choices,
        required=False,
    )
    area_reason = forms.TextField(label="How do you know?", max_length=2000, rows=3, required=False)


class RiskForm(forms.Form):
    risk = forms.TextField(
        label="What risk associated with stalking does the subject pose?",
        hint="Physical or psychological harm, also from acts that look harmless, s1(4)",
        max_length=10000,
        rows=8,
        required=False,
    )
    risk_tool = forms.CharField(
        label="Tool used", hint="Name and version: S-DASH 2009", max_length=40, required=False
    )
    risk_level = forms.ChoiceField(
        label="Level found", choices=Application.RiskLevel.choices, required=False
    )


class NecessityForm(forms.Form):
    necessity = forms.TextField(
        label="Why is an order necessary to protect another person from that risk?",
        hint="What was tried, what it changed, and what would be left without an order",
        max_length=10000,
        rows=8,
        required=False,
    )


class ConsultationForm(forms.Form):
    consulted = forms.ChoiceField(
        label="Who was consulted about the conditions?",
        choices=Application.Consulted.choices,
        reveals={"not_asked": "not_consulted_reason"},
        required=False,
    )
    not_consulted_reason = forms.TextField(
        label="Why not?", max_length=2000, rows=3, required=False
    )
    victim_view = forms.TextField(
        label="What the protected person says",
        hint="The person’s own words. The court and the subject may read them",
        required=False,
    )


class OtherOrdersForm(forms.Form):
    other_orders = forms.TextField(
        label="Other orders and bail",
        hint="Each with its end, or “None”. They are never a bar to an application",
        max_length=2000,
        required=False,
    )
    criminal_case = forms.ChoiceField(
        label="Is there a criminal case?",
        choices=Application.CaseStage.choices,
        required=False,
    )
    criminal_reference = forms.CharField(label="Its reference", max_length=40, required=False)


class DurationForm(forms.Form):
    duration = forms.ChoiceField(
        label="How long should the order last?",
        hint="At least 2 years, or until further order, s3(1) and (2)",
        choices=Application.Duration.choices,
        reveals={"fixed": "asked_until"},
        required=False,
    )
    asked_until = forms.DateField(
        label="Last day of the order",
        named="the last day of the order",
        hint="Inclusive. Leave room for the hearing: the 2 years begin with the day it is made",
        required=False,
    )
    duration_reason = forms.TextField(
        label="Why that long?", max_length=2000, rows=3, required=False
    )
    interim_sought = forms.YesNoField(
        label="Do you ask for an interim order?",
        named="you ask for an interim order",
        hint="For the time until the application is decided, s5",
        reveals={"yes": "interim_reason"},
        inline=False,
        required=False,
    )
    interim_reason = forms.TextField(
        label="Why is an interim order appropriate?", max_length=2000, rows=3, required=False
    )
    notice_given = forms.YesNoField(
        label="Will the subject have notice of the hearing?",
        named="the subject will have notice",
        reveals={"no": "no_notice_reason"},
        inline=False,
        required=False,
    )
    no_notice_reason = forms.TextField(
        label="Why without notice?", max_length=2000, rows=3, required=False
    )


class ActForm(forms.Form):
    """One act associated with stalking."""

    kind = forms.ChoiceField(
        label="What kind of act was it?",
        named="the kind of act",
        hint="The examples of s2A(3) of the Protection from Harassment Act 1997, and others",
        choices=[(kind.value, kind.label) for kind in ActKind],
    )
    from_on = forms.DateField(label="When?", named="the day of the act", past=True)
    until_on = forms.DateField(
        label="Last day, if it went on", named="the last day", past=True, required=False
    )
    time = forms.TimeField(label="At what time, if known?", named="the time", required=False)
    place = forms.CharField(
        label="Where?",
        hint="Never a confidential place: the subject reads this. “At work” is enough",
        required=False,
    )
    online = forms.TickField(label="It was online")
    description = forms.TextField(label="What did the subject do?", named="what the subject did")
    exhibit = forms.CharField(
        label="Proof", hint="Exhibit or statement: PM/4", max_length=60, required=False
    )
