"""Varying, renewing and discharging (s4 for full orders, s5(7) and (8) for interim ones)."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from law.arguments import require_days, require_days_if_given, require_not_before
from law.findings import Finding, block, warn
from law.periods import anniversary, written

YEARS_OF_CONSENT = 2
SUBJECT = "subject"
FORCES_WITHOUT_AREA = frozenset({"BTP", "MDP"})


class Applicant(StrEnum):
    SUBJECT = SUBJECT
    CHIEF_OFFICER = "chief_officer"


def consent_free_from(made_on: date) -> date:
    """s4(4)(b): first day on which an order can be discharged without consents."""
    require_days(made_on=made_on)
    return anniversary(made_on, years=YEARS_OF_CONSENT)


def consents_needed(
    *,
    made_on: date,
    on: date,
    applicant: str,
    applicant_force: str | None = None,
    original_force: str | None,
    residence_force: str | None = None,
) -> frozenset[str]:
    """s4(4)(b): who must consent for a court to discharge a full order on this day.

    applicant        'subject' or 'chief_officer'; `applicant_force` says which chief officer
    original_force   who applied for the order; None where the court made it of its own motion
    residence_force  whose area the subject lives in; None outside England and Wales

    Members are 'subject' and codes of forces: GSS codes, 'BTP', 'MDP'.
    """
    require_days(made_on=made_on, on=on)
    require_not_before("made_on", made_on, on=on)
    _require_applicant(applicant, applicant_force)
    _require_forces(original_force, residence_force)
    if on >= consent_free_from(made_on):
        return frozenset()
    if applicant == Applicant.CHIEF_OFFICER:
        return _known(SUBJECT, applicant_force)
    return _known(SUBJECT, original_force, residence_force)


def discharge_findings(
    *, made_on: date, needed: Collection[str], given: Collection[str]
) -> list[Finding]:
    """s4(4)(b): the consents, out of `consents_needed`, that have not been given."""
    free_from = written(consent_free_from(made_on))
    return [
        block(
            "s4(4)(b)", "consents", f"{_party(who)} must consent to a discharge before {free_from}"
        )
        for who in sorted(needed)
        if who not in given
    ]


def residence_findings(
    *, made_on: date, on: date, applicant: str, residence_known: bool
) -> list[Finding]:
    """s4(4)(b)(ii): where nobody knows whose area he lives in, a consent may be needed that is not asked.

    Only where he applies: a chief officer's own application does not ask it.
    """
    require_days(made_on=made_on, on=on)
    free_from = consent_free_from(made_on)
    if residence_known or applicant != Applicant.SUBJECT or on >= free_from:
        return []
    message = (
        "It is not known where the subject lives. If it is in the area of another force in England "
        f"or Wales, its chief officer must consent to a discharge before {written(free_from)}: find out"
    )
    return [warn("s4(4)(b)(ii)", "area", message)]


def may_apply(
    *,
    applicant: str,
    applicant_force: str | None = None,
    original_force: str | None,
    residence_force: str | None = None,
    believed_in: bool = False,
    intends_to_come: bool = False,
    residence_known: bool = True,
) -> list[Finding]:
    """s4(1), s14(1): the subject, or a "relevant chief officer of police", may apply.

    residence_known  False: he may live in the applying chief officer's area, and nobody knows
    believed_in, intends_to_come  what the applying chief officer believes about his own area
    """
    _require_applicant(applicant, applicant_force)
    _require_forces(original_force, residence_force)
    if applicant == Applicant.SUBJECT or applicant_force in {original_force, residence_force}:
        return []
    if not (believed_in or intends_to_come):
        if not residence_known and applicant_force not in FORCES_WITHOUT_AREA:
            message = (
                "This chief officer did not apply for the order, and it is not known whether the "
                "subject lives in this force’s area: find out, or say what the chief officer believes"
            )
            return [warn("s4(1)", "area", message)]
        message = (
            "This chief officer did not apply for the order, the subject does not live in this "
            "force’s area, and is not believed to be in it or to intend to come to it"
        )
        return [block("s4(1)", "applicant_force", message)]
    if applicant_force in FORCES_WITHOUT_AREA:
        message = "This force has no police area for the subject to be in: ask force legal"
        return [warn("s14(1)", "applicant_force", message)]
    return []


def relevant_forces(
    *,
    original_force: str | None,
    residence_force: str | None = None,
    believing: Collection[str] = (),
) -> frozenset[str]:
    """s14(1): the "relevant chief officers", who may apply, be heard (s4(2)) and appeal (s7(3)).

    believing  forces whose chief officer believes that the subject is in the area, or intends to
               come to it
    """
    _require_forces(original_force, residence_force)
    return _known(original_force, residence_force, *believing)


def may_apply_on_interim(
    *, applicant: str, applicant_force: str | None = None, interim_applicant_force: str
) -> list[Finding]:
    """s5(7): the subject, or the chief officer who applied for the interim order, and no other."""
    _require_applicant(applicant, applicant_force)
    if applicant == Applicant.SUBJECT or applicant_force == interim_applicant_force:
        return []
    message = "Only the subject, or the chief officer who applied for the interim order, can apply"
    return [block("s5(7)", "applicant_force", message)]


def hearing_findings(
    *, subject_heard: bool, wishing_to_be_heard: Collection[str], heard: Collection[str]
) -> list[Finding]:
    """s4(2): before it decides, the court hears the subject and each chief officer who wants it."""
    found = []
    if not subject_heard:
        message = "The court must hear the subject before it decides"
        found.append(block("s4(2)(a)", "subject_heard", message))
    for force in sorted(set(wishing_to_be_heard) - set(heard)):
        message = f"The chief officer of {force} wants to be heard before the court decides"
        found.append(block("s4(2)(b)", "heard", message))
    return found


def added_condition_findings(*, necessity: str) -> list[Finding]:
    """s4(4)(a): an additional condition must be necessary to protect a person from stalking."""
    if necessity.strip():
        return []
    message = "Say why this added condition is necessary to protect a person from stalking"
    return [block("s4(4)(a)", "necessity", message)]


def renewal_findings(
    *, last_day: date | None, lodged_on: date | None, hearing_on: date | None
) -> list[Finding]:
    """s4(1): nothing in the Act keeps an order alive while its renewal waits for a hearing."""
    require_days_if_given(last_day=last_day, lodged_on=lodged_on, hearing_on=hearing_on)
    require_not_before("lodged_on", lodged_on, hearing_on=hearing_on)
    if last_day is None:
        return []
    if lodged_on is not None and lodged_on > last_day:
        message = (
            f"The order ended with {written(last_day)}: nothing is left to renew, and a new "
            "application is needed"
        )
        return [warn("s4(1)", "lodged_on", message)]
    if hearing_on is not None and hearing_on > last_day:
        message = (
            f"The order ends with {written(last_day)}, before this hearing: ask for a hearing on "
            "or before that day, or make a new application"
        )
        return [warn("s4(1)", "hearing_on", message)]
    return []


def _known(*parties: str | None) -> frozenset[str]:
    return frozenset(party for party in parties if party is not None)


def _party(who: str) -> str:
    return "The subject" if who == SUBJECT else f"The chief officer of {who}"


def _require_applicant(applicant: str, applicant_force: str | None) -> None:
    if applicant not in set(Applicant):
        raise ValueError(f"applicant must be 'subject' or 'chief_officer', not {applicant!r}")
    if applicant == Applicant.CHIEF_OFFICER and not applicant_force:
        raise ValueError("applicant_force is missing: which chief officer applies?")
    if applicant == Applicant.SUBJECT and applicant_force is not None:
        raise ValueError(f"applicant_force {applicant_force!r} is given, but the subject applies")


def _require_forces(original_force: str | None, residence_force: str | None) -> None:
    if original_force == "":
        raise ValueError("original_force is empty: give a code, or None for the court's own motion")
    if residence_force == "":
        raise ValueError("residence_force is empty: give a code, or None outside England and Wales")
    if residence_force in FORCES_WITHOUT_AREA:
        raise ValueError(f"residence_force {residence_force} has no area for anybody to live in")
