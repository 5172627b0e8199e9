"""Other records with an order in force that may be of the subject, s2(7): told by the room of orders.

That room stands above this one, so it says in its `AppConfig.ready` whom to ask:

    elsewhere.told_by(alike)        alike(subject) -> who has his name and birth date, and is bound now

Each force holds its own record of a person. What is told of another force's is what its order check
card says, and a restricted case tells nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from applications.models import Application, OtherRecord
from casework.tellers import Tellers
from law.conditions import OTHER_ORDER_LABELS, OtherOrder
from law.findings import Finding, warn
from people.models import Person

S = Application.Status
ASKED = (S.DRAFT, S.SUBMITTED, S.AUTHORISED)  # while what is asked for can still be changed


@dataclass(frozen=True)
class Bound:
    """One order on one other record."""

    order_id: UUID
    case_id: UUID
    person: Person
    force: str
    kind: OtherOrder
    made_on: date
    last_day: date | None

    @property
    def said(self) -> str:
        return OTHER_ORDER_LABELS[self.kind]


_tellers = Tellers[[Person], Iterable[Bound]]()
told_by = _tellers.add


def bound(application: Application) -> list[Bound]:
    """Everybody else who has the subject's name and birth date and is bound by an order."""
    subject = application.case.subject
    if subject is None or subject.born_on is None:
        return []
    return [one for told in _tellers.ask(subject) for one in told]


def answers(application: Application) -> dict[UUID, OtherRecord]:
    """What was answered about each record, for the subject that the case has now."""
    of_subject = application.other_records.filter(subject=application.case.subject_id)
    return {answer.person_id: answer for answer in of_subject.select_related("answered_by")}


def same(application: Application) -> Iterator[Person]:
    """The records that somebody said are of the subject too."""
    said = application.other_records.filter(subject=application.case.subject_id, same=True)
    for answer in said.select_related("person"):
        yield answer.person


def unanswered(application: Application) -> int:
    """About how many other records nobody has said whether they are the subject's."""
    people = {one.person.pk for one in bound(application)}
    return len(people - answers(application).keys()) if people else 0


def findings(application: Application) -> Iterator[Finding]:
    """s2(7): an order may bind the subject under another record, and nobody has said whether it does."""
    count = unanswered(application) if application.status in ASKED else 0
    if count:
        whom = "somebody else" if count == 1 else f"{count} others"
        yield warn(
            "s2(7)",
            "other_records",
            f"An order is in force against {whom} of the subject’s name and birth date. Say whether it "
            "is the same person under another record",
        )
