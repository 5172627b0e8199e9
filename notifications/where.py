"""Where he has to attend, and from where that is known: what to tell him, and what to ask him, s10.

An address is never read for its area: what nobody was told is asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import Force
from applications.models import Application
from law import attendance as law
from law.periods import local_date, written
from notifications.areas import court_area
from notifications.models import Attendance, Duty
from notifications.queries import counting
from people.models import Address
from people.pronouns import pronoun_of, say
from people.queries import living_addresses

K, Limb = Duty.Kind, Attendance.AddressLimb


@dataclass(frozen=True)
class Where:
    """Any station of one of `areas` will do; where there is none, he must be asked where he lives."""

    areas: tuple[str, ...]  # the names of police areas; empty: which it is, is not known
    known: tuple[str, ...]  # each a sentence: what is known, and from where
    without: str  # the area for somebody without a home in England or Wales; empty: not known
    last_notified: str  # another area that s14(1) names for him; empty: none

    @property
    def several(self) -> bool:
        return len(self.areas) > 1


def where(duty: Duty) -> Where:
    """The answer for this duty, as far as is known before he comes."""
    told, addresses = _told(duty), [*living_addresses(duty.order.subject)]
    court = court_area(duty)
    last = told.home_force_id if told else None
    home = _homes(duty, told, addresses)
    without = law.area_to_attend(home_area=None, court_area=court)
    local = law.local_police_area(
        home_area=None, last_notified_area=last, court_area=court or last or ""
    )
    names = dict(Force.objects.values_list("pk", "name"))
    he = pronoun_of(duty.order.subject)
    return Where(
        areas=tuple(sorted(names[area] for area in home)),
        known=tuple(say(he, words) + source for words, source in _known(duty, told, addresses)),
        without=names[without] if without else "",
        last_notified=names[local] if local and local != without else "",
    )


def home_areas(limb: str, home_force: Force | None) -> frozenset[str]:
    """s14(1): of what he gives at a station, a residence, or the one place that he picks."""
    area = home_force.pk if home_force else None
    if limb != Limb.FOUND:
        return law.home_areas(residence_area=area)
    found = {area} if area else frozenset[str]()
    return law.home_areas(residence_area=None, found_in=found, selected=area)


def _homes(duty: Duty, told: Attendance | None, addresses: list[Address]) -> frozenset[str]:
    """By the move, else by what he said last, else by each address that we know the area of."""
    if duty.kind == K.ADDRESS and duty.home_force_id:
        return law.home_areas(residence_area=duty.home_force_id)
    if told is not None:
        return home_areas(told.address_limb, told.home_force)
    found = {address.police_force_id for address in addresses if address.police_force_id}
    return law.home_areas(residence_area=None, found_in=found)


def _told(duty: Duty) -> Attendance | None:
    """The last time that he notified, in whichever of his cases that is not restricted, or is this one."""
    told = Q(case_id=duty.case_id) | Q(case__restricted=False)
    rows = Attendance.objects.filter(counting(), told, duty__order__subject=duty.order.subject_id)
    return rows.select_related("home_force").order_by("-attended_at").first()


def _known(
    duty: Duty, told: Attendance | None, addresses: list[Address]
) -> Iterator[tuple[str, str]]:
    """Each sentence, about {him}, and who told us: those are somebody's own words."""
    if duty.kind == K.ADDRESS:
        yield from _of_the_move(duty)
    if told is not None:
        day = written(local_date(told.attended_at))
        home = told.address_limb == Limb.HOME
        kind = "home" if home else "place where {he} can regularly be found"
        if told.home_force is None:
            yield f"{{He}} notified on {day}: the {kind} is not in England or Wales", ""
        else:
            yield f"{{He}} notified on {day}: the {kind} is in the area of {told.home_force}", ""
    for address in addresses:
        words = "An address of {his} is recorded"
        if address.police_force is None:
            words += ", and nobody was asked in which police area it is"
        else:
            words += f" in the area of {address.police_force}"
        yield words, _from(address.told_by)
    yield from _of_the_application(duty)


def _from(told_by: str) -> str:
    return f" (from: {told_by})" if told_by else ""


def _of_the_move(duty: Duty) -> Iterator[tuple[str, str]]:
    if duty.home_force is None:
        words = "{He} {moves}, and no police area in England or Wales is recorded for it"
    else:
        words = f"{{He}} {{moves}} to the area of {duty.home_force}"
    yield words, _from(duty.told_by)
    if duty.left_force is not None:
        yield f"Before the day of the move, a station of {duty.left_force} will do, s10(3)", ""


def _of_the_application(duty: Duty) -> Iterator[tuple[str, str]]:
    """s1(3): by which limb the force could apply says where he was then, and no more."""
    application = duty.order.application
    if application is None or not application.area_limb:
        return
    limb = Application.AreaLimb(application.area_limb)
    force = application.case.force
    if limb == Application.AreaLimb.RESIDES:
        yield (
            f"The application said that {{he}} lived in the area of {force}: ask if that is so still",
            "",
        )
    elif limb != Application.AreaLimb.NONE_NEEDED:
        yield f"The application did not say where {{he}} lived, only that {force} could apply", ""
