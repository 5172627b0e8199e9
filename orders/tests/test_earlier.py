"""s2(7), s5: what orders in force mean for an application, which stands below them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from applications import checks, lifecycle
from applications.models import Application
from applications.tests import factories as applications
from casework import clock
from casework.errors import Refused
from law.findings import Weight
from orders.models import Order
from orders.tests import factories

pytestmark = pytest.mark.django_db


def draft_against(order: Order) -> Application:
    """Another case's draft against the person whom the order binds."""
    application = applications.complete_draft()
    lifecycle.name_subject(application, by=applications.officer(), person=order.subject)
    application.refresh_from_db()
    return application


def found(application: Application) -> list[tuple[str, Weight]]:
    beside = checks.Beside.of(application, today=clock.today())
    findings = checks.condition_findings(application.conditions.get(), beside)
    return [(f.provision, f.weight) for f in findings]


def judge(application: Application, clash: str, note: str = "") -> None:
    lifecycle.edit_condition(
        application.conditions.get(), by=applications.officer(), clash=clash, clash_note=note
    )


def test_an_order_in_force_must_be_looked_at_and_a_clash_blocks() -> None:
    application, officer = draft_against(factories.made()), applications.officer()
    assert ("s2(7)", Weight.BLOCK) in found(application)
    with pytest.raises(Refused, match=r"s2\(7\)"):
        lifecycle.submit_for_authority(application, by=officer)
    judge(application, "spo", "That order makes him live in Sample Street")
    with pytest.raises(Refused, match="live in Sample Street"):
        lifecycle.submit_for_authority(application, by=officer)
    judge(application, "none")
    assert found(application) == []
    lifecycle.submit_for_authority(application, by=officer)


def test_an_interim_order_and_orders_of_other_kinds_warn() -> None:
    application = draft_against(factories.made(kind="interim"))
    assert found(application) == [("s2(7)", Weight.WARN)]
    judge(application, "bail", "Bail has him sign on at the station next to it")
    assert found(application) == [("practice", Weight.WARN)]


def test_an_order_that_has_ended_and_the_one_of_this_application_bind_nothing_new() -> None:
    long_ago = clock.now() - timedelta(days=60)
    ended = factories.made(long_ago, kind="interim")
    assert found(draft_against(ended)) == []
    interim = factories.made(kind="interim")
    assert interim.application is not None
    assert found(interim.application) == []


def test_a_clash_has_its_reason() -> None:
    application = applications.complete_draft()
    with pytest.raises(Refused) as no:
        judge(application, "spo", " ")
    assert no.value.field == "clash_note"


def test_an_interim_order_says_why() -> None:
    application = applications.complete_draft()
    assert checks.interim_findings(application) == []
    application.interim_reason = " "
    (finding,) = checks.interim_findings(application)
    assert (finding.provision, finding.weight) == ("s5(3)", Weight.WARN)
    application.status = Application.Status.REFUSED
    assert Weight.BLOCK in {f.weight for f in checks.interim_findings(application)}


def test_a_hearing_after_the_end_of_the_interim_order_is_warned_of(client) -> None:
    interim = factories.made(kind="interim")
    client.force_login(applications.officer())
    page = reverse("applications:hearings", kwargs={"case": interim.case_id})
    assert "and no hearing is listed" in client.get(page).content.decode()
    late = clock.now() + timedelta(days=40)
    hearing = applications.hearing(interim.application, starts_at=late)
    assert "ask the court to renew it" in client.get(page).content.decode()
    lifecycle.vacate_hearing(hearing, by=applications.officer(), note="Too late")
    applications.hearing(interim.application)
    text = client.get(page).content.decode()
    assert "ask the court to renew it" not in text
    assert "and no hearing is listed" not in text


def test_what_withdrawal_means_for_the_interim_order_is_said_before_it(client) -> None:
    said = "Withdrawal is treated as the end of the interim order"
    client.force_login(applications.legal())
    interim = factories.made(kind="interim")
    for application, warned in ((interim.application, True), (applications.lodged(), False)):
        page = reverse("applications:withdraw_application", kwargs={"pk": application.pk})
        assert (said in client.get(page).content.decode()) is warned
    hearing = applications.hearing(interim.application, starts_at=clock.now(), late_reason="Now")
    page = reverse("applications:result_hearing", kwargs={"pk": hearing.pk})
    assert said in client.get(page).content.decode()


def test_the_editor_says_what_binds_him(client) -> None:
    application = draft_against(factories.made())
    client.force_login(applications.officer())
    condition = application.conditions.get()
    page = reverse("applications:edit_condition", kwargs={"pk": condition.pk})
    text = client.get(page).content.decode()
    assert "stalking protection order, until the end of" in text
    assert "say whether this prohibition can stand beside that" in text
