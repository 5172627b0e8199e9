"""s2(7): an order that binds the subject under another record, of this force or another, is asked about."""

from datetime import date

import pytest

from accounts.tests import factories as accounts
from applications import checks, elsewhere, forms, lifecycle
from applications.models import Application, OtherRecord
from applications.tests import factories as applications
from applications.tests.sending import api, page, send, text_of
from applications.tests.traces import no_trace
from audit.models import Entry
from casework import clock
from casework.errors import Refused
from casework.models import Case
from law.findings import Weight
from orders.models import Order
from orders.tests import factories
from people import actions as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    """Of another force, against somebody with the subject's name and birth date."""
    return factories.made(by=applications.officer(accounts.other_force()))


@pytest.fixture
def draft() -> Application:
    application = applications.complete_draft()
    lifecycle.edit_condition(application.conditions.get(), by=applications.officer(), clash="none")
    return application


def warned(application: Application) -> bool:
    found = checks.application_findings(application, today=clock.today())
    return any(f.field == "other_records" and f.weight is Weight.WARN for f in found)


def blocks(application: Application) -> list[str]:
    beside = checks.Beside.of(application, today=clock.today())
    found = checks.condition_findings(application.conditions.get(), beside)
    return [f.provision for f in found if f.weight is Weight.BLOCK]


def answer(application: Application, order: Order, **facts: object) -> None:
    given = {"person": order.subject, "same": True, "reason": "The same tattoo"} | facts
    lifecycle.answer_other_record(application, by=applications.officer(), **given)  # type: ignore[arg-type]


def test_the_same_person_under_another_record_is_bound_and_each_condition_is_asked_again(
    order: Order, draft: Application
) -> None:
    assert warned(draft)
    assert blocks(draft) == []
    answer(draft, order)
    assert not warned(draft)
    assert blocks(draft) == ["s2(7)"]
    assert draft.conditions.get().clash == ""
    lifecycle.edit_condition(draft.conditions.get(), by=applications.officer(), clash="none")
    lifecycle.submit_for_authority(draft, by=applications.officer())


def test_somebody_else_asks_nothing_and_what_was_found_stays(
    order: Order, draft: Application
) -> None:
    answer(draft, order, same=False)
    assert not warned(draft)
    assert blocks(draft) == []
    assert draft.conditions.get().clash == "none"
    answer(draft, order, same=True)
    assert OtherRecord.objects.get().same is True
    assert blocks(draft) == ["s2(7)"]


def test_who_is_not_asked_about(order: Order, draft: Application) -> None:
    bound, officer = order.subject, applications.officer(accounts.other_force())
    for facts in ({"born_on": date(1990, 1, 1)}, {"family_name": "Ffugenw"}):
        held = {name: getattr(bound, name) for name in facts}
        people.correct_person(bound, by=officer, **facts)
        assert not warned(draft), facts
        people.correct_person(bound, by=officer, **held)
    assert warned(draft)
    Case.objects.filter(pk=order.case_id).update(restricted=True, restricted_reason="Known here")
    assert not warned(draft)
    Case.objects.filter(pk=order.case_id).update(restricted=False, restricted_reason="")
    Order.objects.filter(pk=order.pk).update(last_day=order.made_at.date())
    with factories.at(clock.now().replace(year=clock.now().year + 1)):
        assert elsewhere.bound(draft) == []
    Order.objects.filter(pk=order.pk).update(last_day=None)
    subject = draft.case.subject
    assert subject is not None
    subject.born_on = None
    assert elsewhere.bound(draft) == []


def test_an_alias_is_a_name_too(order: Order, draft: Application) -> None:
    officer = applications.officer(accounts.other_force())
    people.correct_person(order.subject, by=officer, family_name="Ffugenw")
    people.add_name(order.subject, by=officer, kind="alias", text="Siôn Mockford")
    assert warned(draft)


@pytest.mark.parametrize(
    ("facts", "field"), [({"person": None}, "person"), ({"reason": " "}, "reason")]
)
def test_an_answer_that_is_refused(order: Order, draft: Application, facts, field) -> None:
    with no_trace(Refused, field=field):
        answer(draft, order, **facts)


def test_another_persons_record_cannot_be_named(order: Order, draft: Application) -> None:
    with no_trace(Refused, field="person"):
        answer(draft, order, person=draft.case.parties.get().person)


def test_the_page_shows_what_the_card_would_and_notes_the_look(
    client, order: Order, draft: Application
) -> None:
    client.force_login(applications.officer())
    assert page("answer_other_record", draft) in text_of(client.get(page("submit", draft)))
    at, condition = (
        page("answer_other_record", draft),
        page("edit_condition", draft.conditions.get()),
    )
    assert "Another record with an order may be of the same person" in text_of(
        client.get(condition)
    )
    shown = text_of(client.get(at))
    assert str(order.force) in shown
    assert "Nobody has said whether it is the same person" in shown
    assert order.case.reference not in shown
    for party in order.case.parties.all():
        assert party.person.full_name not in shown
    look = Entry.objects.filter(verb="order_check", row_id=str(order.pk)).last()
    assert look is not None
    assert draft.case.reference in str(look.details)
    form = forms.OtherRecordForm(bound=elsewhere.bound(draft))
    typed = {"person": str(order.subject_id), "same": True, "reason": "The same tattoo"}
    assert send(client, at, form, typed).status_code == 302
    assert "The same person</strong>, said" in text_of(client.get(at))
    written = text_of(client.get(condition))
    assert "stalking protection order, until the end of" in written
    assert "Other records with an order, and what was answered" in written
    typed["same"] = False
    assert api(client, "answer_other_record", draft, typed).status_code == 200
    client.force_login(applications.officer(accounts.other_force()))
    assert client.get(at).status_code == 404
