"""What a monitor is told: alive, ready, and whether alerts leave."""

from datetime import timedelta

import pytest
from django.db import OperationalError, transaction
from django.test import Client

from accounts.models import Force
from alerts import addressing, heartbeat
from alerts.models import Heartbeat
from alerts.tests.factories import breach, case, later, officer
from casework import clock

pytestmark = pytest.mark.django_db
ROOMS = ["anchors", "applications", "contact", "notifications", "orders", "words"]
DOCUMENTS = ["documents", "documents-watch", "searches", "searches-watch"]
LOOPS = [*ROOMS, *DOCUMENTS, "sweep", "watch"]


@pytest.fixture
def loops():
    for loop in LOOPS:
        heartbeat.beat(loop)


def ask(client: Client, what: str) -> tuple[int, dict]:
    answer = client.get(f"/health/{what}")
    return answer.status_code, answer.json()


def test_it_lives_without_a_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert ask(client, "live")[0] == 200


def test_it_is_ready_when_a_scheduled_job_has_run(client, loops):
    status, said = ask(client, "ready")
    assert status == 200
    assert (said["database"], said["scheduled_job_ran"]) == (True, True)
    assert said["at"]


def test_it_is_not_ready_before(client):
    status, said = ask(client, "ready")
    assert (status, said["database"], said["scheduled_job_ran"]) == (503, True, False)


@pytest.mark.parametrize("what", ["ready", "deep"])
def test_a_database_that_is_gone_is_said_and_is_no_500(client, monkeypatch, what):
    def gone():
        raise OperationalError("gone")

    monkeypatch.setattr(heartbeat, "ages", gone)
    status, said = ask(client, what)
    assert (status, said["database"]) == (503, False)


def test_all_is_well(client, loops):
    status, said = ask(client, "deep")
    assert (status, said["wrong"], sorted(said["loops"])) == (
        200,
        [],
        sorted(LOOPS),
    )


def test_an_alarm_that_reaches_nobody_is_said_here(client, loops):
    """The last one who can tell: no lead has an address, and the force has no inbox."""
    of = case(officer=officer(is_active=False))
    with transaction.atomic():
        Force.objects.filter(pk=of.force_id).update(duty_inbox="")
    breach(of)
    addressing.run()
    addressing.run()
    status, said = ask(client, "deep")
    assert (status, said["wrong"]) == (503, ["an alarm reaches nobody"])
    assert said["alarms_that_reach_nobody"] == 1


@pytest.mark.parametrize("loop", ["sweep", "watch", *DOCUMENTS, "turn"])
def test_a_silent_loop_is_an_alarm(client, loops, loop):
    Heartbeat.objects.update_or_create(loop=loop, defaults={"at": later(seconds=-91)})
    status, said = ask(client, "deep")
    assert (status, said["wrong"]) == (503, [f"the loop {loop} is silent"])


@pytest.mark.parametrize("loop", LOOPS)
def test_a_loop_that_never_spoke_is_an_alarm(client, loops, loop):
    """A worker that died in its first minutes too."""
    Heartbeat.objects.filter(loop=loop).delete()
    assert ask(client, "deep")[1]["wrong"] == [f"the loop {loop} is silent"]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_whose_clock_stands_still_is_an_alarm(client, loops, room):
    Heartbeat.objects.filter(loop=room).update(at=later(seconds=-179))
    assert ask(client, "deep")[0] == 200
    Heartbeat.objects.filter(loop=room).update(at=later(seconds=-181))
    assert ask(client, "deep")[0] == 503
    assert ask(client, "deep")[1]["wrong"] == [f"the loop {room} is silent"]
    Heartbeat.objects.filter(loop=room).delete()
    assert ask(client, "deep")[1]["wrong"] == [f"the loop {room} is silent"], "nor did it ever run"


def test_an_alert_that_waits_is_an_alarm(client, loops):
    alert = breach(case())
    assert ask(client, "deep")[0] == 200
    type(alert).objects.filter(pk=alert.pk).update(created_at=later(seconds=-61))
    status, said = ask(client, "deep")
    assert (status, said["wrong"]) == (503, ["an alert waits to be sent"])
    assert said["oldest_unsent_seconds"] > 60


def test_a_clock_that_is_wrong_is_an_alarm(client, loops, monkeypatch):
    wrong = clock.now() + timedelta(seconds=6)
    monkeypatch.setattr(clock, "now", lambda: wrong)
    assert ask(client, "deep")[1]["wrong"] == ["the clocks of the service and the database differ"]


def test_nothing_of_a_case_is_said(client, loops):
    of = case()
    breach(of)
    answer = client.get("/health/deep").content.decode()
    assert of.reference not in answer
    assert "Testwood" not in answer
