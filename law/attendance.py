"""Where and how notification is given (s10): in which police area, to whom, with what proof.

Areas are GSS codes of police areas in England and Wales. A home elsewhere, or none, is None.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from law.arguments import require_days, require_days_if_given
from law.findings import Finding, block, warn

IDENTITY_CHECKS = frozenset({"fingerprints", "photograph"})  # s10(5); never DNA


class Manner(StrEnum):
    IN_PERSON = "in_person"
    TELEPHONE = "telephone"
    ONLINE = "online"
    POST = "post"


@dataclass(frozen=True)
class Attendance:
    """A person came to notify. `authorised_by` is the officer in charge of the station."""

    manner: Manner
    station_area: str
    heard_by_constable: bool
    authorised_by: str = ""
    acknowledged_in_writing: bool = False


def area_to_attend(*, home_area: str | None, court_area: str | None) -> str | None:
    """s10(1), (2): any station of the home's area, or else of the area of the court.

    court_area  where the court is that last made an order of this kind for the person; None: it is
                not known, and neither is the answer for somebody without a home here
    """
    return home_area or court_area


def areas_for_move(
    *,
    moved_on: date,
    told_on: date,
    old_area: str | None,
    new_area: str | None,
    court_area: str | None,
) -> frozenset[str]:
    """s10(3): the old area before the move, the new area after it; on the day itself, either."""
    require_days(moved_on=moved_on, told_on=told_on)
    old = area_to_attend(home_area=old_area, court_area=court_area)
    new = area_to_attend(home_area=new_area, court_area=court_area)
    asked = {old} if told_on < moved_on else {new} if told_on > moved_on else {old, new}
    return frozenset() if None in asked else frozenset(area for area in asked if area)


def local_police_area(
    *, home_area: str | None, last_notified_area: str | None, court_area: str
) -> str:
    """s14(1): the home's area, else the last notified home's, else the court's."""
    return home_area or last_notified_area or court_area


def home_areas(
    *, residence_area: str | None, found_in: Collection[str] = (), selected: str | None = None
) -> frozenset[str]:
    """s14(1): where the home address can be: the residence, or a place the person picks.

    residence_area  None where there is no residence, or it is outside England and Wales
    found_in        areas of the places where a person without any residence can regularly be
                    found; leave it empty for a residence in Scotland or Northern Ireland
    selected        the area of the place that the person chose among them, if one was chosen

    Empty: no home address in England or Wales, which `area_to_attend` takes as None.
    """
    if residence_area is not None:
        return frozenset({residence_area})
    if selected is None:
        return frozenset(found_in)
    if selected not in found_in:
        raise ValueError(f"selected {selected} is not among the places in found_in")
    return frozenset({selected})


def findings(attendance: Attendance, *, areas: Collection[str]) -> list[Finding]:
    """s10(1), (2), (4): what is missing for this attendance to be a notification.

    A thing that the subject did: everything warns, nothing stops it from being recorded.

    areas  any station of these will do; empty: which area it is, is not known
    """
    return [*_manner(attendance), *_place(attendance, areas), *_proof(attendance)]


def identity_findings(taken: Collection[str]) -> list[Finding]:
    """s10(5), (6): fingerprints and photographs, to verify identity, and nothing else."""
    return [
        block(
            "s10(5)",
            "taken",
            f"The Act does not allow {what} to be taken, only fingerprints or a photograph",
        )
        for what in sorted(set(taken) - IDENTITY_CHECKS)
    ]


def early_findings(*, served_on: date | None, attended_on: date) -> list[Finding]:
    """s9(1): "within" 3 days of service, unlike a change, which may be notified in advance.

    served_on  None: not served yet
    """
    require_days(attended_on=attended_on)
    require_days_if_given(served_on=served_on)
    if served_on is not None and attended_on >= served_on:
        return []
    message = "Notified before service, when the 3 days had not begun: ask force legal"
    return [warn("s9(1)", "attended_on", message)]


def not_owed_findings() -> list[Finding]:
    """s9: he came although nothing had to be notified. A fact, and kept as one."""
    message = "Nothing had to be notified when this was recorded: it meets no duty"
    return [warn("s9", "duty", message)]


def _manner(attendance: Attendance) -> Iterator[Finding]:
    if attendance.manner is not Manner.IN_PERSON:
        message = "Notification is given by attending at a police station and saying it aloud"
        yield warn("s10(1)(a)", "manner", message)


def _place(attendance: Attendance, areas: Collection[str]) -> Iterator[Finding]:
    if not areas:
        message = "Which police area the court is in is not known: check that this station is there"
        yield warn("s10(2)", "station_area", message)
    elif attendance.station_area not in areas:
        message = "This station is not in the police area where this person has to notify"
        yield warn("s10(1)(a)", "station_area", message)


def _proof(attendance: Attendance) -> Iterator[Finding]:
    if not attendance.heard_by_constable and not attendance.authorised_by.strip():
        message = "Heard by somebody who is not a constable: record who in charge authorised that"
        yield warn("s10(1)(b)", "authorised_by", message)
    if not attendance.acknowledged_in_writing:
        message = "Give the written acknowledgement: a notification must be acknowledged in writing"
        yield warn("s10(4)(a)", "acknowledged_in_writing", message)
