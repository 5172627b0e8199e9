"""An alert whose matter is settled asks nobody any more, and its story stays to be read."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import CLOCK, User
from alerts import actions, addressing, queries, settling
from alerts.models import Alert
from applications import lifecycle
from applications.lifecycle.voiding import VOID_AUTHORITY, void_authority
from applications.models import Application, Authority, Request
from applications.tests import factories as applications
from breaches.models import Breach
from breaches.tests import factories as breaches
from casework import clock
from casework.models import Case
from desk.settled import OVER_WHERE
from desk.tests import factories
from documents.models import Document

pytestmark = pytest.mark.django_db
NOBODY_SAYS = ("words_refused", "protected_address", "document_blocked")


def about(news: str, record: Any) -> Alert:
    """An alert of this news about this record, told to the officer."""
    return actions.raise_alert(
        news,
        case=getattr(record, "case", record),
        key=f"{news}:{record.pk}",
        path="",
        text=f"Look at {news}",
        by=factories.officer(),
        recipients=("officer",),
        needs_acknowledgement=False,
    )


def request() -> Request:
    return applications.request(by=factories.officer())


def submitted() -> Application:
    return applications.submitted(by=factories.officer())


def decided() -> Authority:
    return applications.authority(submitted())


def document() -> Document:
    case = factories.case()
    return Document.objects.create(
        case=case, force=case.force, about_id=case.pk, kind="order", status="failed", **PAPER
    )


PAPER: dict[str, Any] = {"audience": "court", "title": "Order", "snapshot": {}, "asked_by": "x"}


def set_to(**facts: Any) -> Callable[[Any], None]:
    return lambda record: type(record).objects.filter(pk=record.pk).update(**facts)


def case_is(status: str) -> Callable[[Any], None]:
    return lambda record: Case.objects.filter(pk=record.case_id).update(status=status)


def voided() -> Authority:
    authority = decided()
    with VOID_AUTHORITY.on(authority.application, by=CLOCK, changed_by="x") as held:
        void_authority(held, by=CLOCK, reason="It was changed")
    return authority


def lodge(authority: Authority) -> None:
    lifecycle.lodge(
        Application.objects.get(pk=authority.application_id),
        by=factories.officer(),
        court=applications.court(),
        lodged_on=clock.today(),
        court_reference="TM-26-4411",
    )


def send_again(authority: Authority) -> None:
    application = Application.objects.get(pk=authority.application_id)
    lifecycle.submit_for_authority(application, by=factories.officer())


def acknowledge(breach: Breach) -> None:
    breaches.lifecycle.acknowledge(breach, by=breaches.lead())


def decide(breach: Breach) -> None:
    breaches.lifecycle.decide(breach, by=breaches.lead(), outcome="charged", note="ST19001")


def joined() -> Request:
    stays, again = request(), request()
    lifecycle.close_duplicate(
        again, by=factories.officer(), other=stays.case.reference, reason="Sent twice"
    )
    return stays


def reopen(closed: Request) -> None:
    lifecycle.reopen_request(closed, by=factories.officer(), reason="It is another man")


def apart(stays: Request) -> None:
    reopen(stays.case.recorded_twice.get())


def make_it(record: Document) -> None:
    Document.objects.filter(pk=record.pk).update(superseded_at=timezone.now())
    later = Document.objects.create(
        case=record.case, force=record.force, about_id=record.about_id, kind="order", **PAPER
    )
    set_to(status="made", made_at=timezone.now(), sha256="0" * 64, file="x", pages=1)(later)


NEWS: dict[str, tuple[Callable[[], Any], Callable[[Any], None]]] = {
    "order_asked": (request, set_to(status="accepted")),
    "request_decided": (lambda: applications.accepted().decisions.get(), case_is("court")),
    "authority_asked": (submitted, applications.authority),
    "authority_decided": (decided, lodge),
    "authority_voided": (voided, send_again),
    "request_joined": (joined, apart),
    "closed_as_duplicate": (lambda: joined().case.recorded_twice.get(), reopen),
    "case_assigned": (factories.requested, set_to(status="ended")),
    "breach_reported": (breaches.reported, acknowledge),
    "breach_assigned": (breaches.assigned, decide),
    "breach_without_officer": (breaches.assigned, decide),
    "document_failed": (document, make_it),
}


def test_there_is_a_row_for_each_news_that_has_an_end() -> None:
    assert NEWS.keys() == OVER_WHERE.keys()


@pytest.mark.parametrize("news", NOBODY_SAYS)
def test_what_only_a_reader_can_end_stays(news: str) -> None:
    assert settling.settled([about(news, factories.case())]) == set()


def test_the_page_says_that_it_has_happened_and_today_asks_for_it_no_more(client: Client) -> None:
    asked, officer = request(), factories.officer()
    other = about("words_refused", asked.case)
    alert = about("order_asked", asked)
    addressing.run()
    client.force_login(officer)
    today, page = reverse("desk:today"), reverse("alerts:alert", args=[alert.pk])
    assert "Look at order_asked" in client.get(today).content.decode()
    assert {a.pk for a in queries.needing(officer, most=6)} == {alert.pk, other.pk}
    lifecycle.decide_request(asked, by=officer, **applications.PROCEED)
    html = client.get(today).content.decode()
    assert "Look at order_asked" not in html
    assert "Look at words_refused" in html
    html = client.get(page).content.decode()
    assert "What it asks for has happened since" in html
    assert "Who was told, and when" in html
    assert "Done since" in client.get(reverse("alerts:inbox")).content.decode()


def test_what_happened_before_anybody_was_told_is_told_to_nobody() -> None:
    asked = request()
    alert = about("order_asked", asked)
    with transaction.atomic():
        Request.objects.filter(pk=asked.pk).update(status="accepted")
    addressing.run()
    assert not alert.messages.exists()


def test_of_one_thing_the_newest_alone_needs_somebody() -> None:
    asked, officer = request(), factories.officer()
    alert = about("words_refused", asked.case)
    addressing.run()
    again = Alert.objects.get(pk=alert.pk)
    again.pk, again.key, again.rung, again.addressed_at = None, "again", 1, None
    again._state.adding = True
    with transaction.atomic():
        again.pk = type(alert)().pk
        again.save(force_insert=True)
    addressing.run()
    assert len(queries.needing(officer, most=6)) == 1
    assert queries.inbox(officer).count() == 2
    actions.answer(alert.thread, by=officer)
    assert queries.needing(officer, most=6) == []


@pytest.mark.parametrize("news", sorted(NEWS))
def test_each_news_is_over_when_its_matter_is(news: str) -> None:
    make, settle = NEWS[news]
    record = make()
    if news == "breach_without_officer":
        with transaction.atomic():
            User.objects.filter(pk=record.officer_id).update(is_active=False)
    alert = about(news, record)
    assert settling.settled([alert]) == set()
    with transaction.atomic():
        settle(record)
    assert settling.settled([alert]) == {alert.pk}


def test_a_breach_has_another_officer() -> None:
    breach = breaches.assigned()
    alert, answers = about("breach_without_officer", breach), breach.officer
    for is_active, over in ((False, set()), (True, {alert.pk})):
        with transaction.atomic():
            User.objects.filter(pk=answers.pk).update(is_active=is_active)
        assert settling.settled([alert]) == over
