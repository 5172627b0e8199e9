"""What dies is started again; what must succeed and does not says why."""

import signal

import pytest

from spo_cases.services import supervisor as supervision
from spo_cases.services.children import Child
from spo_cases.services.errors import CannotStart
from spo_cases.services.supervisor import Stopped, described
from spo_cases.tests.services import alive, environment_of, eventually, places_in, supervised

pytestmark = pytest.mark.processes


def child(places, *command, **more):
    return Child(command[0], list(command), places.log("child"), environment_of(places), **more)


def test_a_killed_child_is_started_again(tmp_path):
    with supervised() as (supervisor, said):
        kept = supervisor.keep(child(places_in(tmp_path), "sleep", "60"))
        first = kept.process
        first.kill()
        eventually(lambda: kept.process is not first, meanwhile=supervisor.look)
        assert kept.ended() is None
        assert said == ["sleep ended (SIGKILL): starting it again"]
    assert kept.ended() == -signal.SIGTERM


def test_a_child_that_keeps_dying_is_started_ever_more_slowly(tmp_path, monkeypatch):
    monkeypatch.setattr(supervision, "LONGEST_WAIT", 0.08)
    with supervised() as (supervisor, said):
        supervisor.keep(child(places_in(tmp_path), "false"))
        supervisor.kept[0].wait = 0.01
        waits = []
        eventually(
            lambda: waits.append(supervisor.kept[0].wait) or len(said) >= 6,
            meanwhile=supervisor.look,
        )
        assert sorted(set(waits)) == [0.01, 0.02, 0.04, 0.08]
        assert said[0] == "false ended (exit status 1): starting it again"


def test_a_failed_preparation_is_tried_again(tmp_path):
    tries = []

    def prepare():
        tries.append(1)
        if len(tries) == 2:
            raise CannotStart("the old one still runs")

    with supervised() as (supervisor, said):
        kept = supervisor.keep(child(places_in(tmp_path), "sleep", "60", prepare=prepare))
        kept.process.kill()
        eventually(lambda: len(tries) == 3, meanwhile=supervisor.look)
        assert "sleep: the old one still runs" in said


def test_a_command_that_fails_says_its_last_words(tmp_path):
    with supervised() as (supervisor, _):
        failing = supervisor.begin(
            child(places_in(tmp_path), "sh", "-c", "echo no such table; exit 3")
        )
        with pytest.raises(CannotStart, match="sh failed: no such table"):
            supervisor.finish(failing)


def test_being_asked_to_stop_ends_a_wait_and_every_child(tmp_path):
    with supervised() as (supervisor, _):
        places = places_in(tmp_path)
        kept = supervisor.keep(child(places, "sleep", "60"))
        passing = supervisor.begin(child(places, "sleep", "61"))
        supervisor.stopping = True
        with pytest.raises(Stopped):
            supervisor.finish(passing)
    assert not alive(kept.process.pid)
    assert not alive(passing.process.pid)


def test_servers_stop_after_those_that_need_them(tmp_path):
    places = places_in(tmp_path)
    writes = 'trap "echo {}; exit" TERM; echo up; while :; do sleep 0.05; done'
    with supervised() as (supervisor, _):
        for name, serves in (("server", True), ("client", False)):
            supervisor.keep(child(places, "sh", "-c", writes.format(name), serves_others=serves))
        eventually(lambda: places.log("child").read_text().count("up") == 2)
    assert places.log("child").read_text().split()[2:] == ["client", "server"]


@pytest.mark.parametrize(
    ("status", "words"), [(-9, "SIGKILL"), (0, "exit status 0"), (3, "exit status 3")]
)
def test_statuses_in_words(status, words):
    assert described(status) == words
