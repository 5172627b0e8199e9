"""Protected persons in cases, told and untold, by the acts themselves."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.tests import factories as accounts
from applications.tests import factories as applications
from audit.actor import acting_as
from casework import clock
from casework.actions import add_party
from casework.models import Case, Deadline, Party
from contact import lifecycle
from contact.models import Matter, Telling
from people.actions import agree_safe_contact
from people.models import Person


def officer(case: Case) -> User:
    return applications.officer(case.force)


def another_person(case: Case, called: str = "Ms Q") -> Person:
    """A second protected person."""
    with transaction.atomic(), acting_as("test:setup"):
        person = Person.objects.create(force=case.force, family_name="Ffugiwr-Testwood")
        add_party(case, person, role=Party.Role.PROTECTED, called=called)
    return person


def waiting(case: Case) -> dict[str, Matter]:
    """What waits in a case with one protected person, by its kind."""
    rows = Matter.objects.filter(case=case, status=Matter.Status.WAITING)
    return {one.kind: one for one in rows.select_related("case", "person")}


def clocks(case: Case) -> set[str]:
    """The kinds of what has a clock that runs."""
    running = Deadline.objects.filter(case=case, done_at=None)
    rows = Matter.objects.filter(pk__in=running.values("about_id"))
    return set(rows.values_list("kind", flat=True))


def told(at: datetime | None = None, **facts: Any) -> lifecycle.Told:
    given: dict[str, Any] = {
        "outcome": Telling.Status.TOLD,
        "told_at": at or clock.now(),
        "told_by_name": "DC Mockley",
        "how": Telling.How.PHONE,
        "said": "She asked when he must come to court.",
    }
    return lifecycle.Told(**(given | facts))


def not_told(at: datetime | None = None, **facts: Any) -> lifecycle.Told:
    again = (at or clock.now()) + timedelta(hours=1)
    given = {"outcome": Telling.Status.NOT_TOLD, "how": "", "said": ""}
    given |= {"why_not": "No answer, and no message left", "try_again_at": again}
    return told(at, **(given | facts))


def tell(matter: Matter, **facts: Any) -> Telling:
    also = facts.pop("also", ())
    by = facts.pop("by", None) or officer(matter.case)
    return lifecycle.tell(matter, by=by, told=told(**facts), also=also)


def agree(person: Person, method: str = "phone", rule: str = "After 18:00 only") -> None:
    by = accounts.user(of=person.force)
    agree_safe_contact(person, by=by, method=method, rule=rule)
