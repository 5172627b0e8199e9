"""Documents that are asked for and made, of facts written by hand."""

from uuid import uuid4

from accounts.models import User
from applications.tests import factories as applications
from casework.models import Case, Party
from documents import actions, making
from documents.audiences import Paper
from documents.models import Document
from documents.tests import samples
from people.models import Confidential
from people.tests import factories as people


def case(by: User | None = None) -> Case:
    return applications.accepted(by=by or applications.officer()).case


def asked(data: Paper | None = None, *, of: Case | None = None, by: User | None = None) -> Document:
    """Asked for, and waiting."""
    by = by or applications.officer()
    return actions.request(of or case(by), data or samples.order(), about_id=uuid4(), by=by)


def made(data: Paper | None = None, *, of: Case | None = None, by: User | None = None) -> Document:
    """Asked for and made, or stopped if it must not be."""
    document = asked(data, of=of, by=by)
    making.make(document.pk)
    document.refresh_from_db()
    return document


def secret(of: Case, text: str, kind: str = Confidential.Kind.HOME) -> Party:
    """Somebody protected in this case, of whom this is kept confidential."""
    by = applications.officer(of.force)
    person = people.person(by, given_names="Carys", family_name="Ffugiwr")
    people.confidential(person, by, kind, text)
    return applications.lifecycle.add_protected_person(
        applications.draft(by=by, case=of),
        by=by,
        person=person,
        role=Party.Role.BOTH,
        called="Ms A",
        relationship="Former partner",
    )
