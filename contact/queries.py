"""What waits to be told and what was told, to whom, and how each of them may be reached."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from applications.models import Request
from casework import clock
from casework.frame import Mark
from casework.models import PROTECTED_ROLES, Case, Party
from contact.models import Matter, Telling
from contact.rules import RULES
from law.periods import local_date
from orders.models import Order
from people.models import Person, SafeContact
from people.queries import safe_contacts

K, S = Matter.Kind, Matter.Status
LAST_WEEKS = {Order.Kind.INTERIM: timedelta(days=7), Order.Kind.FULL: timedelta(days=28)}
SETTLED_IN = timedelta(days=1)  # an order made since is told of with its end
UNNAMED = "The person who needs protection"


@dataclass
class Reached:
    """One protected person: what documents call her, how she is reached, what she is told.

    said  how an advocate says that she is reached; only until a way is agreed with her
    """

    called: str
    person: Person | None = None
    agreed: SafeContact | None = None
    said: str = ""
    matters: list[Matter] = field(default_factory=list)
    tellings: list[Telling] = field(default_factory=list)

    @property
    def waiting(self) -> list[Matter]:
        return [one for one in self.matters if one.status == S.WAITING]

    @property
    def open_to_agreement(self) -> bool:
        return self.person is not None and self.agreed is None


Found = dict[UUID | None, Reached]


def matters_of(case: Case) -> QuerySet[Matter]:
    return Matter.objects.filter(case=case).order_by("due_at", "happened_at", "pk")


def about(record: UUID, kind: Matter.Kind) -> QuerySet[Matter]:
    """The matter of a record, for each of those who are to be told it."""
    rows = Matter.objects.filter(about_id=record, kind=kind).select_related("telling")
    return rows.order_by("settled_at", "pk")


def alike(matter: Matter) -> QuerySet[Matter]:
    """What else waits to be told to the same person of the case."""
    rows = Matter.objects.filter(case_id=matter.case_id, person=matter.person_id, status=S.WAITING)
    return rows.exclude(pk=matter.pk).order_by("happened_at", "pk")


def contact_of(case: Case) -> list[Reached]:
    """Each protected person of the case with all that she was and is to be told. Five queries."""
    found: Found = {one.person.pk: one for one in reach(_parties(case)) if one.person}
    for matter in matters_of(case).select_related("telling"):
        _entry(found, matter.person_id).matters.append(matter)
    told = Prefetch("matters", Matter.objects.order_by("happened_at", "pk"))
    tellings = Telling.objects.filter(case=case).select_related("recorded_by", "superseded_by")
    for telling in tellings.prefetch_related(told).order_by("-told_at", "-recorded_at"):
        _entry(found, telling.person_id).tellings.append(telling)
    _say_advocates_word(case, found.values())
    return list(found.values())


def _entry(found: Found, person: UUID | None) -> Reached:
    if person not in found:
        held = Person.objects.filter(pk=person).first() if person else None
        name = f"{held.full_name}, protected no more" if held else UNNAMED
        found[person] = Reached(name, held)
    return found[person]


def _parties(case: Case) -> QuerySet[Party]:
    parties = Party.objects.filter(case=case, role__in=PROTECTED_ROLES)
    return parties.select_related("person").order_by("called", "pk")


def reach(parties: Iterable[Party]) -> list[Reached]:
    """Each of these people, as documents call them, with how they may be reached."""
    people = list(parties)
    agreed = {c.person_id: c for c in safe_contacts([party.person_id for party in people])}
    return [Reached(called(p), p.person, agreed.get(p.person_id)) for p in people]


def reach_of(matters: Collection[Matter], case: Case) -> list[Reached]:
    """The same of those whom these matters are for; an advocate's word where nothing is agreed."""
    people = {matter.person_id for matter in matters}
    found: Found = {
        one.person.pk: one
        for one in reach(party for party in _parties(case) if party.person_id in people)
        if one.person
    }
    for person in people:
        _entry(found, person)
    _say_advocates_word(case, found.values())
    return list(found.values())


def _say_advocates_word(case: Case, found: Iterable[Reached]) -> None:
    """Whoever asked for a client said how she is reached: it stands until it is agreed with her."""
    without = [one for one in found if one.agreed is None]
    if without and (asked := Request.objects.filter(case=case).exclude(safe_contact="").first()):
        for one in without:
            one.said = asked.safe_contact


def called(party: Party) -> str:
    return party.called or party.person.full_name


def marks_of(case: Case) -> Iterator[Mark]:
    """What somebody has not been told in time, on the case's identity bar."""
    late = Matter.objects.filter(case=case, status=S.WAITING, due_at__lte=clock.now())
    kinds = dict.fromkeys(late.order_by("due_at").values_list("kind", flat=True))
    if kinds:
        first, *others = (RULES[kind].short for kind in kinds)
        more = f" and {len(others)} more" if others else ""
        yield Mark(f"Not told: {first}{more}", "red")


def ending(now: datetime) -> QuerySet[Order]:
    """Live orders in their last weeks, of whose last day nobody is asked to tell yet."""
    today = local_date(now)
    soon = Q(pk__in=[])
    for kind, notice in LAST_WEEKS.items():
        soon |= Q(kind=kind, last_day__lte=today + notice)
    told = Matter.objects.filter(
        about_id=OuterRef("pk"), kind=K.ENDING, of_day=OuterRef("last_day")
    )
    live = Order.objects.filter(status__in=(Order.Status.MADE, Order.Status.SERVED))
    within = live.filter(last_day__range=(today, today + max(LAST_WEEKS.values())))
    return within.filter(soon, ~Exists(told), made_at__lte=now - SETTLED_IN).order_by("last_day")
