"""The inbox, the page behind a message's link, and the one tap that takes it."""

import threading

import pytest
from django.db import connection, transaction
from django.test import Client

from accounts import policy
from accounts.models import Grant, User
from accounts.roles import Role
from accounts.tests import factories as accounts
from alerts import actions, addressing, queries
from alerts.models import Alert
from alerts.tests.factories import HOUR, breach, case, deadline, later, lead, officer
from alerts.tests.factories import raised as sweep_now
from audit.models import Entry
from casework import announce
from casework.actions import let_in, stop_clock
from casework.models import Case

pytestmark = pytest.mark.django_db


def page(client: Client, url: str, *, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


@pytest.fixture
def alert(db) -> Alert:
    lead()
    raised = breach(case())
    addressing.run()
    return raised


@pytest.fixture
def browser(client: Client) -> Client:
    client.force_login(lead())
    return client


def test_the_inbox_holds_what_i_was_told(alert, browser):
    html = page(browser, "/alerts/")
    assert "Acknowledge the breach report" in html
    assert alert.case.reference in html
    assert "Not acknowledged" in html


def test_the_inbox_of_somebody_who_was_told_nothing_is_empty(alert, client):
    client.force_login(accounts.user(Role.LEGAL))
    assert "Nobody has had to tell you anything yet" in page(client, "/alerts/")


def test_what_is_no_longer_open_to_me_is_not_in_my_inbox(alert, browser):
    of = alert.case
    of.restricted, of.restricted_reason = True, "Known here"
    of.save()
    assert alert.case.reference not in page(browser, "/alerts/")
    page(browser, f"/alerts/{alert.pk}/", status=404)


def test_no_name_is_in_the_title_of_an_alert(alert, browser):
    html = page(browser, f"/alerts/{alert.pk}/")
    title = html.partition("<title")[2].partition("</title>")[0]
    assert alert.case.reference in title
    assert "Testwood" not in title


def test_a_look_changes_nothing(alert, browser):
    page(browser, f"/alerts/{alert.pk}/")
    page(browser, f"/alerts/{alert.pk}/acknowledge/")
    alert.refresh_from_db()
    assert alert.acknowledged_at is None


def test_the_control_room_can_take_it_and_learns_no_more(alert, client):
    client.force_login(accounts.user(Role.CONTROL_ROOM))
    html = page(client, f"/alerts/{alert.pk}/")
    assert "Testwood" not in html
    assert "Testwood" not in page(client, f"/alerts/{alert.pk}/acknowledge/")
    assert client.post(f"/alerts/{alert.pk}/acknowledge/").status_code == 302
    alert.refresh_from_db()
    assert alert.acknowledged_by == accounts.user(Role.CONTROL_ROOM)


def test_one_tap_takes_it_and_everybody_sees_who_has_it(alert, browser):
    answer = browser.post(f"/alerts/{alert.pk}/acknowledge/", follow=True)
    html = answer.content.decode()
    assert "di.sampleford" not in html
    assert "DI Stalking Lead Ffugiwr</strong> took it" in html
    assert "Nobody has acknowledged it" not in html
    assert Entry.objects.filter(kind="event", verb="acknowledge", actor="di.sampleford").exists()


def test_the_first_answer_stands(alert, browser, client):
    actions.acknowledge(alert, by=officer())
    first = Alert.objects.get(pk=alert.pk).acknowledged_at
    assert browser.post(f"/alerts/{alert.pk}/acknowledge/").status_code == 302
    alert.refresh_from_db()
    assert (alert.acknowledged_by, alert.acknowledged_at) == (officer(), first)


@pytest.mark.parametrize(
    ("role", "other_force", "status"),
    [
        (Role.LEGAL, False, 302),
        (Role.STALKING_LEAD, True, 404),
        (Role.ANALYST, False, 404),
        (Role.AUDITOR, False, 404),
        (Role.FORCE_ADMINISTRATOR, False, 404),
    ],
)
def test_who_may_take_it(alert, client, role, other_force, status):
    force = accounts.other_force() if other_force else None
    client.force_login(accounts.user(role, of=force, username="somebody"))
    assert client.post(f"/alerts/{alert.pk}/acknowledge/").status_code == status
    alert.refresh_from_db()
    assert bool(alert.acknowledged_at) == (status == 302)


def test_who_opens_no_case_and_was_not_told_cannot_take_it(alert, client):
    """Who takes it stops it for everybody, and could not read what it is about."""
    other = accounts.user(username="dc.other", unit=accounts.unit(name="Other unit"))
    client.force_login(other)
    html = page(client, f"/alerts/{alert.pk}/")
    assert "Nobody has acknowledged it" in html
    assert "Acknowledge and take it" not in html
    assert "Ring the officer in the case or the stalking lead" in html
    page(client, f"/alerts/{alert.pk}/acknowledge/", status=403)
    refused = client.post(f"/alerts/{alert.pk}/acknowledge/")
    assert refused.status_code == 403
    assert "Ring the officer in the case" in refused.content.decode()
    assert "Who can" not in refused.content.decode()
    api = f"/api/alerts/{alert.pk}/acknowledge/"
    assert client.post(api, "{}", content_type="application/json").status_code == 403
    with pytest.raises(policy.Denied, match="not sent to you"):
        actions.acknowledge(alert, by=other)
    alert.refresh_from_db()
    assert alert.acknowledged_at is None
    with transaction.atomic():
        let_in(alert.case_id, other, basis=Grant.Basis.ASSIGNMENT, by=lead())
    actions.acknowledge(alert, by=other)
    assert alert.acknowledged_by == other


def test_whom_a_rung_reached_takes_it_though_the_case_is_of_another_unit(client):
    manager = accounts.user(username="ds.line", unit=accounts.unit(name="Other unit"))
    alert = breach(case(officer=officer(line_manager=manager)))
    addressing.run()
    assert queries.why_not_take(manager, alert)
    sweep_now(later(minutes=16))
    addressing.run()
    client.force_login(manager)
    assert client.post(f"/alerts/{alert.pk}/acknowledge/").status_code == 302
    alert.refresh_from_db()
    assert alert.acknowledged_by == manager


def test_the_control_room_takes_what_the_duty_inbox_was_sent(db):
    control, alert = accounts.user(Role.CONTROL_ROOM), breach(case())
    assert queries.why_not_take(control, alert), "nobody was told yet"
    addressing.run()
    assert queries.why_not_take(control, alert) is None
    assert [*queries.inbox(control)] == [*queries.unacknowledged(control)] == [alert]
    client = Client()
    client.force_login(control)
    assert alert.case.reference in page(client, "/alerts/?show=waiting")
    other = accounts.user(Role.CONTROL_ROOM, of=accounts.other_force(), username="far")
    assert not queries.inbox(other)
    assert not queries.unacknowledged(other)


def test_of_a_restricted_case_not_even_who_was_told_before_takes_it(alert, client):
    """Nor the control room: the case is no longer there for them."""
    with transaction.atomic():
        Case.objects.update(restricted=True, restricted_reason="Known here")
    for told in (lead(), accounts.user(Role.CONTROL_ROOM)):
        client.force_login(told)
        assert client.post(f"/alerts/{alert.pk}/acknowledge/").status_code == 404
        with pytest.raises(policy.Denied):
            actions.acknowledge(Alert.objects.get(pk=alert.pk), by=told)
    alert.refresh_from_db()
    assert alert.acknowledged_at is None


def test_a_stranger_is_sent_to_sign_in(alert, client):
    assert client.get("/alerts/").status_code == 302
    answer = client.post(f"/alerts/{alert.pk}/acknowledge/")
    assert "/accounts/login/" in answer["Location"]


def test_a_program_can_take_it_once(alert, browser):
    url, key = f"/api/alerts/{alert.pk}/acknowledge/", {"Idempotency-Key": "tap-1"}
    answers = [
        browser.post(url, "{}", content_type="application/json", headers=key) for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["status"] == "answered"


def test_a_version_of_what_has_none_is_refused_and_said(alert, browser):
    """Nobody can promise that nothing changed: it says so, instead of a fault or a false yes."""
    url = f"/api/alerts/{alert.pk}/acknowledge/"
    answer = browser.post(url, "{}", content_type="application/json", headers={"If-Match": '"1"'})
    assert answer.status_code == 422
    assert "no version" in answer.content.decode()
    answer = browser.post(f"/alerts/{alert.pk}/acknowledge/", {"version": "1"})
    assert answer.status_code == 422
    assert "no version" in answer.content.decode()
    alert.refresh_from_db()
    assert alert.acknowledged_at is None
    anything = browser.post(url, "{}", content_type="application/json", headers={"If-Match": "*"})
    assert anything.status_code == 200


def test_the_rooms_above_hear_of_it_once(alert, monkeypatch):
    heard = []
    monkeypatch.setitem(
        announce._handlers, "alerts.acknowledge", [lambda record, by: heard.append(by.username)]
    )
    actions.acknowledge(alert, by=lead())
    actions.acknowledge(alert, by=officer())
    assert heard == ["di.sampleford"]


def test_what_nobody_answered_is_shown_once_and_longest_first(alert):
    later_one = breach(case())
    sweep_now(later(minutes=31))
    waiting = queries.unacknowledged(lead())
    assert [a.pk for a in waiting] == [alert.pk, later_one.pk]
    actions.answer(alert.thread, by=lead())
    assert [a.pk for a in queries.unacknowledged(lead())] == [later_one.pk]


def test_a_live_report_stands_before_older_lateness_and_counts_once(browser):
    of = case()
    deadline(of, "tell_protected_person", due_at=later(hours=-26))
    sweep_now()
    report = breach(of)
    deadline(of, "acknowledge_breach", due_at=later(minutes=-1), path=report.path)
    sweep_now(later(minutes=31))
    assert Alert.objects.filter(kind="acknowledge_breach").exists()
    shown = queries.urgent(lead())
    assert (shown.alert.pk, shown.more) == (report.pk, 1)
    assert page(browser, "/alerts/?show=waiting").count("Not acknowledged") == 2


def test_it_waits_for_those_who_were_told_and_for_the_lead(alert):
    addressing.run()
    supt = accounts.user(Role.AUTHORISING_OFFICER, username="supt")
    colleague = accounts.user(Role.OFFICER, username="dc.two", unit=officer().unit)
    for told, shown in ((officer(), True), (lead(), True), (supt, False), (colleague, False)):
        assert (queries.urgent(told) is not None) == shown, told
    sweep_now(later(minutes=31))
    addressing.run()
    assert queries.urgent(supt).alert.pk == alert.pk


def test_what_another_force_left_unanswered_is_not_mine(alert):
    elsewhere = accounts.user(Role.STALKING_LEAD, of=accounts.other_force())
    assert not queries.unacknowledged(elsewhere).exists()


def test_a_clock_that_was_moved_or_stopped_needs_no_answer_any_more():
    of = case()
    deadline(of, "tell_protected_person", due_at=later(hours=-1))
    sweep_now()
    assert queries.unacknowledged(lead()).count() == 1
    deadline(of, "tell_protected_person", due_at=later(hours=1))
    assert not queries.unacknowledged(lead()).exists()


def test_the_story_says_who_was_told_when_and_who_is_next(alert):
    accounts.user(Role.AUTHORISING_OFFICER, username="supt")
    lines = queries.story(alert)
    assert [(line.who, line.outcome, line.mark) for line in lines[:3]] == [
        ("DC Officer Ffugiwr", "no answer", "bad"),
        ("DI Stalking Lead Ffugiwr", "no answer", "bad"),
        ("Duty inbox", "no answer", "bad"),
    ]
    assert (lines[-1].who, lines[-1].mark) == (
        "Line manager of the officer in the case, Stalking lead",
        "next",
    )
    assert lines[0].how == "email waits to be sent, inbox"
    sweep_now(later(minutes=16))
    addressing.run()
    nobody = [line for line in queries.story(alert) if line.outcome == "nobody on this rung"]
    assert [line.who for line in nobody] == ["Line manager of the officer in the case"]
    actions.acknowledge(alert, by=lead())
    gave_none = [line.who for line in queries.story(alert) if line.outcome == "no answer"]
    assert gave_none == ["DC Officer Ffugiwr", "Duty inbox"], "it stays said of who gave none"
    last = queries.story(alert)[-1]
    assert (last.who, last.outcome, last.mark) == ("DI Stalking Lead Ffugiwr", "took it", "good")


@pytest.mark.django_db(transaction=True)
def test_two_who_take_it_at_once_are_one_answer():
    people = [lead(), officer()]
    alert = breach(case())
    gate = threading.Barrier(2)

    def take(by: User) -> None:
        gate.wait(10)
        actions.acknowledge(Alert.objects.get(pk=alert.pk), by=by)
        connection.close()

    threads = [threading.Thread(target=take, args=(by,)) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    alert.refresh_from_db()
    (event,) = Entry.objects.filter(kind="event", verb="acknowledge")
    assert event.actor == alert.acknowledged_by.username


def test_the_act_itself_asks_the_policy(alert):
    stranger = accounts.user(Role.STALKING_LEAD, of=accounts.other_force())
    with pytest.raises(policy.Denied):
        actions.acknowledge(alert, by=stranger)
    alert.refresh_from_db()
    assert alert.acknowledged_at is None
    assert not Entry.objects.filter(verb="acknowledge").exists()


def test_a_rung_that_was_raised_while_somebody_took_it_needs_no_answer(alert):
    sweep_now(later(minutes=16))
    actions.acknowledge(alert, by=lead())
    Alert.objects.filter(rung=1).update(acknowledged_at=None, acknowledged_by=None)
    assert not queries.unacknowledged(lead()).exists()
    addressing.run()
    assert not Alert.objects.get(rung=1).messages.exists()


def test_an_alert_whose_clock_was_moved_or_stopped_says_so_and_asks_nothing(browser):
    of, end = case(), later(hours=-1)
    deadline(of, "tell_protected_person", due_at=end)
    sweep_now(end)
    alert = Alert.objects.get(rung=1)
    with transaction.atomic():
        addressing.run()
    assert "Nobody has acknowledged it" in page(browser, f"/alerts/{alert.pk}/")
    deadline(of, "tell_protected_person", due_at=end + 9 * HOUR)
    html = page(browser, f"/alerts/{alert.pk}/")
    assert "The facts were corrected: the clock now ends" in html
    assert "Nobody has acknowledged it" not in html
    assert "None any more: the clock was moved" in page(browser, "/alerts/")
    with transaction.atomic():
        stop_clock(of, "tell_protected_person", about=of.pk, by=lead())
    assert "so nothing waits any more" in page(browser, f"/alerts/{alert.pk}/")
    listed = page(browser, "/alerts/")
    assert "Done since" in listed
    assert "Not acknowledged" not in listed
