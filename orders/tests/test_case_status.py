"""Where a case stands follows from all that exists in it, whichever act was the last."""

from datetime import timedelta

import pytest

from accounts.models import CLOCK
from applications import lifecycle as applications
from applications.models import ProposedCondition
from applications.tests import factories as drafts
from casework import clock
from casework.models import Case, Deadline
from orders import lifecycle
from orders.tests import factories

pytestmark = pytest.mark.django_db
S = Case.Status


def status(case):
    return Case.objects.get(pk=case.pk).status


@pytest.fixture
def bound():
    """A case with a full order that has effect."""
    return factories.made().case


def test_a_second_application_that_is_begun_leaves_the_order_standing(bound):
    drafts.draft(case=bound)
    assert status(bound) == S.ORDER


def test_a_second_application_that_is_withdrawn_does_not_end_the_case(bound):
    application = drafts.draft(case=bound)
    applications.withdraw_application(application, by=drafts.officer(), reason="not_needed")
    assert status(bound) == S.ORDER


def test_a_second_application_that_is_refused_does_not_end_the_case(bound):
    lodged = again(bound)
    assert status(bound) == S.ORDER
    hearing = drafts.hearing(lodged, starts_at=clock.now(), late_reason="Now")
    applications.result_hearing(
        hearing, by=drafts.legal(), outcome="refused", reason="not_necessary"
    )
    assert status(bound) == S.ORDER


def again(case):
    """Another application in the same case, lodged."""
    by = drafts.officer()
    application = drafts.draft(case=case, by=by)
    drafts.act(application)
    drafts.act(application)
    drafts.condition(application, clash=ProposedCondition.NO_CLASH)
    first = case.applications.exclude(pk=application.pk).get()
    for section, names in applications.drafting.SECTIONS.items():
        written = {name: getattr(first, name) for name in names}
        applications.save_section(application, by=by, section=section, **written)
    applications.submit_for_authority(application, by=by)
    drafts.authority(application)
    return applications.lodge(application, by=by, court=drafts.court(), lodged_on=clock.today())


def test_an_order_that_runs_out_leaves_the_application_that_is_drafted():
    order = factories.made(
        clock.now() - timedelta(days=9), last_day=clock.today() - timedelta(days=1)
    )
    application = drafts.draft(case=order.case)
    lifecycle.expire(order, by=CLOCK)
    assert status(order.case) == S.DRAFTING
    applications.withdraw_application(application, by=drafts.officer(), reason="not_needed")
    assert status(order.case) == S.ENDED


def test_an_interim_order_that_runs_out_leaves_the_case_before_the_court():
    order = factories.made(
        clock.now() - timedelta(days=9), kind="interim", last_day=clock.today() - timedelta(days=1)
    )
    assert status(order.case) == S.ORDER
    lifecycle.expire(order, by=CLOCK)
    assert status(order.case) == S.COURT


def test_a_result_whose_order_is_not_recorded_yet_is_an_order():
    hearing = factories.hearing()
    applications.result_hearing(hearing, by=drafts.legal(), outcome="full_order")
    assert status(hearing.case) == S.ORDER
    factories.make(hearing)
    assert status(hearing.case) == S.ORDER


def test_a_renewal_that_came_late_brings_the_order_back():
    order = factories.made(
        clock.now() - timedelta(days=900), last_day=clock.today() - timedelta(days=1)
    )
    asked = factories.asked(
        order,
        applied_on=clock.today() - timedelta(days=9),
        asked_until=clock.today() + timedelta(days=800),
    )
    variation = lifecycle.apply_to_renew(order, by=drafts.officer(), asked=asked)
    lifecycle.expire(order, by=CLOCK)
    assert status(order.case) == S.ENDED
    decision = lifecycle.Decision(
        outcome="granted",
        decided_at=clock.now() - timedelta(days=2),
        last_day=clock.today() + timedelta(days=800),
        heard=("subject",),
    )
    lifecycle.decide_variation(variation, by=drafts.legal(), decision=decision)
    assert status(order.case) == S.ORDER


def listing(case):
    return Deadline.objects.filter(case=case, kind="list_hearing", done_at=None)


def test_the_hearing_of_a_variation_that_is_vacated_needs_another_day():
    order = factories.made()
    variation = lifecycle.apply_to_vary(
        order,
        by=drafts.officer(),
        asked=factories.by_subject(order),
    )
    hearing = list_variation(order.case)
    applications.vacate_hearing(hearing, by=drafts.legal(), note="The court is closed")
    assert listing(order.case).get().owner_role == "legal"
    list_variation(order.case)
    assert not listing(order.case).exists()
    other = list_variation(order.case)
    applications.vacate_hearing(other, by=drafts.legal(), note="Twice")
    assert not listing(order.case).exists(), "another is listed"
    decision = lifecycle.Decision(outcome="refused", decided_at=clock.now(), heard=("subject",))
    lifecycle.decide_variation(variation, by=drafts.legal(), decision=decision)
    last = order.case.hearings.filter(status="listed").get()
    applications.vacate_hearing(last, by=drafts.legal(), note="Decided")
    assert not listing(order.case).exists(), "nothing waits for it"


def list_variation(case):
    return applications.list_hearing(
        case,
        by=drafts.legal(),
        court=drafts.court(),
        starts_at=clock.now() + timedelta(days=3),
        purpose="variation",
    )
