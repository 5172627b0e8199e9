"""What already binds the subject of an application: told by the room that keeps orders.

That room stands above this one, so it says in its `AppConfig.ready` whom to ask:

    earlier.told_by(binding)        binding(subject) -> the orders that bind this person now
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from applications import elsewhere
from applications.models import Application, Authority
from casework.models import PROTECTED_ROLES, Case, Party
from casework.tellers import Tellers
from law.conditions import OTHER_ORDER_LABELS, OtherOrder
from people.models import Person


@dataclass(frozen=True)
class Earlier:
    """An order that has effect now. `last_day` None is "until a further order"."""

    kind: OtherOrder
    made_on: date
    last_day: date | None
    application_id: UUID | None

    @property
    def said(self) -> str:
        return OTHER_ORDER_LABELS[self.kind]


_tellers = Tellers[[Person], Iterable[Earlier]]()
told_by = _tellers.add


def before(application: Application) -> list[Earlier]:
    """The orders that the subject is under, but for those made on this very application.

    Those of another record too, where somebody said that it is the same person.
    """
    found = _binding(application.case)
    for person in elsewhere.same(application):
        found += [order for told in _tellers.ask(person) for order in told]
    return [order for order in found if order.application_id != application.pk]


def interim_of(application: Application) -> Earlier | None:
    """The interim order that bridges until this application is determined, while it has effect."""
    ours = (o for o in _binding(application.case) if o.application_id == application.pk)
    return next((order for order in ours if order.kind is OtherOrder.INTERIM_SPO), None)


def protects(party: Party) -> bool:
    """Whether an order that has effect now was made on papers that name this person of its case.

    The papers are those that were authorised; where nobody kept them, everybody in the case counts.
    """
    made_on = [o.application_id for o in _binding(party.case) if o.application_id is not None]
    for application in Application.objects.filter(case_id=party.case_id, pk__in=made_on):
        kept = _papers_of(application)
        if kept is None or any(row["id"] == str(party.pk) for row in kept.content["parties"]):
            return True
    return False


def protected_by(case: Case, application: Application | None) -> tuple[str, ...]:
    """What the papers that the court had before it call each whom they ask it to protect.

    Somebody who came into the case later is not among them. Where nobody kept the papers, everybody
    who is protected in the case now is.
    """
    kept = _papers_of(application) if application else None
    if kept is None:
        parties = case.parties.filter(role__in=PROTECTED_ROLES)
        called = [party.called for party in parties]
    else:
        roles = {role.label for role in PROTECTED_ROLES}
        called = [row["called"] for row in kept.content["parties"] if row["role"] in roles]
    return tuple(sorted(filter(None, called)))


def _papers_of(application: Application) -> Authority | None:
    """What was authorised, with whom it named; None where it was not kept here."""
    return application.authorities.filter(decision=Authority.Decision.GIVEN, voided_at=None).first()


def _binding(case: Case) -> list[Earlier]:
    if case.subject is None:
        return []
    return [order for told in _tellers.ask(case.subject) for order in told]
