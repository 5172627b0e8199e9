"""Who may apply for an order, and to which court (s1(1), s1(3), s14(1))."""

from datetime import date
from enum import StrEnum

from law.arguments import require_days, require_not_before
from law.findings import Finding, block, warn
from law.periods import anniversary, written

ADULT_AGE = 18


class ForceKind(StrEnum):
    """The chief officers of s14(1): those with a police area, and the two without."""

    TERRITORIAL = "territorial"
    BTP = "btp"
    MDP = "mdp"


class Court(StrEnum):
    YOUTH = "youth"
    MAGISTRATES = "magistrates"


def may_apply(
    *, force_kind: str, resides: bool, believed_in: bool, intends_to_come: bool
) -> list[Finding]:
    """s1(3): a chief officer for a police area needs one tie of the subject to that area.

    resides          the subject resides in the area
    believed_in      the chief officer believes that the subject is in the area
    intends_to_come  the chief officer believes that the subject is intending to come to it

    Where a victim lives is no part of the test. The British Transport Police and the Ministry of
    Defence Police have no area, and so no test.
    """
    if force_kind not in set(ForceKind):
        raise ValueError(f"force_kind must be one of {[*map(str, ForceKind)]}, not {force_kind!r}")
    if force_kind != ForceKind.TERRITORIAL or resides or believed_in or intends_to_come:
        return []
    message = (
        "The subject must live in this force's area, or the chief officer must believe that the "
        "subject is in it or intends to come to it"
    )
    return [block("s1(3)", "area", message)]


def attains(born_on: date, years: int) -> date:
    """The day on which a person reaches an age; born on 29 February: 1 March in other years."""
    require_days(born_on=born_on)
    return anniversary(born_on, years=years)


def age_on(born_on: date, day: date) -> int:
    """Whole years lived on a day. Born on 29 February: a year older on 1 March."""
    require_days(born_on=born_on, day=day)
    _require_born(born_on, day, "day")
    years = day.year - born_on.year
    return years if attains(born_on, years) <= day else years - 1


def court_for(*, born_on: date, applied_on: date) -> Court:
    """s14(1): the youth court for a subject under 18 when the application is made."""
    require_days(born_on=born_on, applied_on=applied_on)
    _require_born(born_on, applied_on, "applied_on")
    return Court.YOUTH if applied_on < attains(born_on, ADULT_AGE) else Court.MAGISTRATES


def court_findings(*, born_on: date, applied_on: date, court: Court) -> list[Finding]:
    """s14(1): the court must be the one for the subject's age when the application is made."""
    right = court_for(born_on=born_on, applied_on=applied_on)
    if court == right:
        return []
    if right is Court.YOUTH:
        message = "The subject is under 18: the application is made to a youth court"
    else:
        message = "The subject is 18 or over: the application is made to a magistrates’ court"
    return [block("s14(1)", "court", message)]


def age_findings(*, born_on: date, applied_on: date, heard_on: date) -> list[Finding]:
    """s14(1) does not say what happens when the subject turns 18 before the hearing."""
    require_days(born_on=born_on, applied_on=applied_on, heard_on=heard_on)
    require_not_before("applied_on", applied_on, heard_on=heard_on)
    began_in = court_for(born_on=born_on, applied_on=applied_on)
    if began_in == court_for(born_on=born_on, applied_on=heard_on):
        return []
    message = (
        f"The subject turns 18 on {written(attains(born_on, ADULT_AGE))}, after the application "
        "and before this hearing. The Act does not say which court then hears it: ask force legal"
    )
    return [warn("s14(1)", "heard_on", message)]


def _require_born(born_on: date, day: date, name: str) -> None:
    if born_on > day:
        raise ValueError(f"born_on {born_on} is after {name} {day}")
