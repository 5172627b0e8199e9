"""What is known of the people in a case, written from the case's pages at any time.

Where it is part of an application that was sent or authorised, that application is a draft again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from accounts.models import Force, User
from accounts.roles import Permission
from applications import safety
from applications.lifecycle.drafting import facts_refused, require_born, take_back
from applications.models import Application
from casework.errors import Refused
from casework.lifecycle import Opening
from casework.models import Case, Party
from people import actions as people
from people.models import Address, Confidential, Identifier, Name, Person

P = Permission
CORRECT_SUBJECT = Opening(
    "correct_subject", "", P.EDIT_PEOPLE, "correct what is known of him", "Person"
)
CORRECT_PARTY = Opening(
    "correct_party", "", P.DRAFT_APPLICATION, "correct the name or birth date of a person", "Person"
)
ADD_NAME = Opening("add_name", "", P.EDIT_PEOPLE, "add another name", "Name")
ADD_IDENTIFIER = Opening(
    "add_identifier", "", P.EDIT_PEOPLE, "add a phone, plate or account", "Identifier"
)
ADD_ADDRESS = Opening("add_address", "", P.EDIT_PEOPLE, "add an address", "Address")
REMOVE_NAME = Opening("remove_name", "", P.EDIT_PEOPLE, "take out a wrong name", "Name")
REMOVE_IDENTIFIER = Opening(
    "remove_identifier", "", P.EDIT_PEOPLE, "take out a wrong phone, plate or account", "Identifier"
)
LEAVE_ADDRESS = Opening(
    "leave_address", "", P.EDIT_PEOPLE, "say that he lives there no more", "Address"
)
KEEP_CONFIDENTIAL = Opening(
    "keep_confidential", "", P.EDIT_PEOPLE, "keep a detail confidential", "Confidential"
)
RELEASE_CONFIDENTIAL = Opening(
    "release_confidential", "", P.EDIT_PEOPLE, "take out a detail", "Confidential"
)
AGREE_SAFE_CONTACT = Opening(
    "agree_safe_contact", "", P.EDIT_PEOPLE, "agree how to reach somebody safely", "SafeContact"
)
STEPS = (
    CORRECT_SUBJECT,
    CORRECT_PARTY,
    ADD_NAME,
    ADD_IDENTIFIER,
    ADD_ADDRESS,
    REMOVE_NAME,
    REMOVE_IDENTIFIER,
    LEAVE_ADDRESS,
    KEEP_CONFIDENTIAL,
    RELEASE_CONFIDENTIAL,
    AGREE_SAFE_CONTACT,
)
SENT = (Application.Status.SUBMITTED, Application.Status.AUTHORISED)


@contextmanager
def _about_subject(opening: Opening, case: Case, by: User) -> Iterator[Person]:
    """The case's subject, and afterwards an application that names him is a draft again."""
    with opening.of(case, by=by) as opened, facts_refused():
        if case.subject is None:
            raise Refused(None, "Say who the subject is first")
        for application in case.applications.filter(status__in=SENT):
            take_back(application, by=by)
        yield case.subject
        opened.record = case


@contextmanager
def _about_party(opening: Opening, case: Case, person: Person, by: User) -> Iterator[None]:
    with opening.of(case, by=by) as opened, facts_refused():
        if not case.parties.filter(person=person).exists():
            raise Refused("person", "Select somebody in this case")
        yield
        opened.record = case


def correct_subject(case: Case, *, by: User, **facts: Any) -> Person:
    """Write what is known better now: name, birth, language, warnings."""
    with _about_subject(CORRECT_SUBJECT, case, by) as subject:
        corrected = people.correct_person(subject, by=by, **facts)
        require_born(corrected)
    return corrected


def correct_party(
    party: Party,
    *,
    by: User,
    family_name: str,
    why: str,
    reason: str,
    given_names: str = "",
    born_on: date | None = None,
) -> Party:
    """The name or birth date of a victim, witness or protected person is another than was recorded.

    No paper names this person, so an authority stands; one for another case, where the same person
    is the subject, does not (`voiding.void_changed`). Raises Refused where the name in court papers
    would then be the person's own.
    """
    facts: dict[str, Any] = {
        "given_names": given_names,
        "family_name": family_name,
        "born_on": born_on,
    }
    with CORRECT_PARTY.of(party.case, by=by) as opened, facts_refused():
        person = party.person
        require_born(Person(**facts))
        if party.called and safety.tells_name(party.called, Person(**facts)):
            raise Refused(
                "family_name", "Court papers use this name for the person. Change that name first"
            )
        if all(getattr(person, name) == value for name, value in facts.items()):
            raise Refused(None, "Nothing is different. Correct what is wrong, or go back")
        people.correct_identity(person, by=by, why=why, reason=reason, **facts)
        opened.record = party.case
    return party


def add_name(case: Case, *, by: User, kind: str, text: str) -> Case:
    """Another name that the subject uses or used."""
    with _about_subject(ADD_NAME, case, by) as subject:
        people.add_name(subject, by=by, kind=kind, text=text)
    return case


def add_identifier(case: Case, *, by: User, kind: str, text: str) -> Case:
    """A phone, plate or account by which the subject is recognised."""
    with _about_subject(ADD_IDENTIFIER, case, by) as subject:
        people.add_identifier(subject, by=by, kind=kind, text=text)
    return case


def add_address(
    case: Case,
    *,
    by: User,
    lines: str,
    postcode: str = "",
    police_force: Force | None = None,
    lived_from: date | None = None,
    told_by: str = "",
) -> Case:
    """Where the subject lives or can be found, and in which police area that is."""
    with _about_subject(ADD_ADDRESS, case, by) as subject:
        people.add_address(
            subject,
            by=by,
            lines=lines,
            postcode=postcode,
            police_force=police_force,
            lived_from=lived_from,
            told_by=told_by,
        )
    return case


def remove_name(case: Case, *, by: User, name: Name) -> Case:
    """It was never his name. What he notified under s9 stays: he said so himself."""
    with _about_subject(REMOVE_NAME, case, by) as subject:
        if name.person_id != subject.pk or name.kind == Name.Kind.NOTIFIED:
            raise Refused("name", "Select a name that was added to the subject")
        people.remove_name(name, by=by)
    return case


def remove_identifier(case: Case, *, by: User, identifier: Identifier) -> Case:
    """A phone, plate or account that was never his."""
    with _about_subject(REMOVE_IDENTIFIER, case, by) as subject:
        if identifier.person_id != subject.pk:
            raise Refused("identifier", "Select what was added to the subject")
        people.remove_identifier(identifier, by=by)
    return case


def leave_address(case: Case, *, by: User, address: Address, lived_until: date) -> Case:
    """The last day on which he lived there. He is still found by it."""
    with _about_subject(LEAVE_ADDRESS, case, by) as subject:
        if address.person_id != subject.pk:
            raise Refused("address", "Select an address of the subject")
        people.leave_address(address, by=by, lived_until=lived_until)
    return case


def keep_confidential(case: Case, *, by: User, person: Person, kind: str, text: str) -> Case:
    """Put a place or detail of a victim or protected person into the vault."""
    with _about_party(KEEP_CONFIDENTIAL, case, person, by):
        people.keep_confidential(person, by=by, kind=kind, text=text)
    return case


def release_confidential(case: Case, *, by: User, detail: Confidential) -> Case:
    """A detail that is not true, or not true any more."""
    with _about_party(RELEASE_CONFIDENTIAL, case, detail.person, by):
        people.release_confidential(detail, by=by)
    return case


def agree_safe_contact(
    case: Case, *, by: User, person: Person, method: str, rule: str = ""
) -> Case:
    """How a victim or protected person may be reached without telling him."""
    with _about_party(AGREE_SAFE_CONTACT, case, person, by):
        people.agree_safe_contact(person, by=by, method=method, rule=rule)
    return case
