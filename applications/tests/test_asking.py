"""An advocate asks for a client: of a force in which somebody reads it, and as the client agreed."""

import pytest

from accounts.queries import forces_that_answer
from accounts.roles import Role
from accounts.tests import factories as accounts
from applications import lifecycle
from applications.models import Request
from applications.tests import factories
from audit.models import Entry
from casework.errors import Refused
from casework.models import Case

pytestmark = pytest.mark.django_db


def ask(**facts):
    given = {
        "by": accounts.user(Role.ADVOCATE),
        "force": accounts.force(),
        "subject_as_told": "Martin Exampleby",
        "concerns": "He waits at the bus stop.",
    }
    return lifecycle.ask_for_order(**(given | factories.CLIENT | facts))


def silent_force():
    """A force that does not use this service: nobody there has an account, nor an inbox."""
    quiet = accounts.force("X23000009", "Exampleby Constabulary", "EXB")
    type(quiet).objects.filter(pk=quiet.pk).update(duty_inbox="")
    quiet.refresh_from_db()
    return quiet


def test_a_force_that_nobody_reads_for_is_neither_offered_nor_asked():
    quiet = silent_force()
    assert quiet not in forces_that_answer()
    with pytest.raises(Refused) as no:
        ask(force=quiet)
    assert no.value.field == "force"
    assert "Ring 101" in str(no.value)
    assert not Case.objects.exists()
    factories.lead(quiet)
    assert quiet in forces_that_answer()
    assert ask(force=quiet).case.force == quiet


def test_a_lead_who_left_reads_nothing():
    quiet = silent_force()
    lead = factories.lead(quiet)
    lead.is_active = False
    lead.save()
    assert quiet not in forces_that_answer()


@pytest.mark.parametrize(
    ("field", "value"), [("client_as_told", " "), ("safe_contact", ""), ("client_agrees", False)]
)
def test_without_the_client_nobody_asks(field, value):
    with pytest.raises(Refused) as no:
        ask(**{field: value})
    assert no.value.field == field
    assert not Request.objects.exists()


def test_the_officer_reads_for_whom_it_is_and_how_she_is_reached(client):
    request = ask()
    client.force_login(factories.lead())
    page = f"/applications/{request.case_id}/"
    text = client.get(page).content.decode()
    assert "C. Ff., who agrees to the request" in text
    assert "never by post" in text
    client.force_login(factories.legal())
    text = client.get(page).content.decode()
    assert "Reached safely" in text
    assert "never by post" not in text


def test_no_log_says_how_she_is_reached():
    request = ask()
    entries = Entry.objects.filter(case_id=request.case_id) | Entry.objects.filter(
        row_id=str(request.pk)
    )
    said = " ".join(str(vars(entry)) for entry in entries)
    assert str(request.pk) in said
    for told in ("Exampleby", "bus stop", "never by post"):
        assert told not in said
