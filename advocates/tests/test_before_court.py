"""What a client's page says before the court is asked: what the police have done, and no more."""

import pytest

from advocates import queries, words
from advocates.tests import factories
from applications import lifecycle as applications
from applications.models import Request
from applications.tests import factories as drafts
from casework import clock
from casework.actions import add_party
from casework.models import Case, Party
from people.tests import factories as people

pytestmark = pytest.mark.django_db
UNDECIDED = "An order was asked for, and the police have not decided yet."
DECLINED = "The police decided not to ask for an order now."
AGREED = "The police have agreed to take this forward."
GIVEN_UP = "We are not asking the court for an order any more."
TAKEN_BACK = "We have taken back the request to the court."


def status(case: Case) -> words.Status:
    """What her advocate reads first."""
    case = Case.objects.get(pk=case.pk)
    consent = case.consents.first() or factories.consent(case)
    return words.status(queries.facts(case, consent, clock.now()))


def headline(case: Case) -> str:
    return status(case).headline


def asked() -> Request:
    """A request in whose case somebody is protected already."""
    request = drafts.request()
    client = people.person(drafts.officer(), family_name="Ffugiwr")
    add_party(request.case, client, role=Party.Role.BOTH, called="Ms A")
    return request


def test_the_request_as_it_stands() -> None:
    request, lead = asked(), drafts.lead(username="lead.second")
    assert headline(request.case) == UNDECIDED
    applications.decide_request(request, by=drafts.officer(), **drafts.DECLINE)
    assert headline(request.case) == DECLINED
    applications.second_look(request, by=lead, **drafts.DECLINE)
    assert headline(request.case) == DECLINED
    applications.reopen_request(request, by=lead, reason="He came to her work")
    assert headline(request.case) == UNDECIDED, "looked at again"
    applications.decide_request(request, by=drafts.officer(), **drafts.PROCEED)
    assert headline(request.case) == AGREED
    application = drafts.draft(case=request.case)
    assert headline(request.case).startswith("We are getting ready")
    applications.withdraw_application(application, by=drafts.officer(), reason="evidence")
    assert headline(request.case) == GIVEN_UP


def test_nobody_has_looked_again_at_a_decline_that_follows_another_decision() -> None:
    request, lead = asked(), drafts.lead(username="lead.second")
    applications.decide_request(request, by=drafts.officer(), **drafts.PROCEED)
    other = drafts.request(subject_as_told="Another", concerns="Another")
    applications.close_duplicate(
        request, by=lead, other=other.case.reference, reason="Sent twice from one form"
    )
    applications.reopen_request(request, by=lead, reason="It is another man")
    applications.decide_request(request, by=drafts.officer(), **drafts.DECLINE)
    assert "A second person is looking at that decision" in status(request.case).detail
    applications.second_look(request, by=lead, **drafts.DECLINE)
    assert "A second person looked at it and agreed" in status(request.case).detail
    looks = [decision.is_second_look for decision in request.decisions.all()]
    assert looks == [False, False, True]


def test_what_was_before_the_court_is_taken_back() -> None:
    application = drafts.lodged()
    applications.withdraw_application(application, by=drafts.officer(), reason="evidence")
    assert headline(application.case) == TAKEN_BACK
