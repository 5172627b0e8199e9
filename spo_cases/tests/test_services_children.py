"""Real processes: they end with us, they end when asked, and a killed run's are found again."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from spo_cases.services.children import Child, end_leftovers, marked, put_aside
from spo_cases.tests.services import MARK, ROOT, alive, environment_of, eventually, places_in

pytestmark = pytest.mark.processes

PARENT = """
import sys, time
from pathlib import Path
from spo_cases.services.children import Child
child = Child("sleeper", ["sleep", "60"], Path(sys.argv[1]), {"PATH": "/usr/bin:/bin"})
child.start()
print(child.process.pid, flush=True)
time.sleep(60)
"""
# A master that leaves a worker behind, as a killed web server does.
MASTER = "sleep 60 & echo $! ; exec sleep 60"


def sleeper(places, *, mark=MARK, command=("sleep", "60")):
    return Child("sleeper", list(command), places.log("sleeper"), environment_of(places, mark))


def test_a_child_ends_when_its_parent_is_killed(tmp_path):
    command = [sys.executable, "-c", PARENT, str(tmp_path / "log")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        pid = int(parent.stdout.readline())
        assert alive(pid)
        parent.kill()
    eventually(lambda: not alive(pid))


def test_stopping_ends_the_whole_session(tmp_path):
    places = places_in(tmp_path)
    child = sleeper(places, command=["sh", "-c", MASTER])
    child.start()
    eventually(lambda: places.log("sleeper").read_text().strip())
    worker = int(places.log("sleeper").read_text())
    child.ask_to_stop()
    child.finish()
    assert child.ended() == -signal.SIGTERM
    eventually(lambda: not alive(worker))


def test_a_child_that_does_not_answer_is_killed(tmp_path):
    places = places_in(tmp_path)
    deaf = sleeper(
        places, command=["sh", "-c", 'trap "" TERM; echo deaf; while :; do sleep 0.1; done']
    )
    deaf.stop_seconds = 0.3
    deaf.start()
    eventually(lambda: places.log("sleeper").read_text())
    deaf.ask_to_stop()
    deaf.finish()
    assert deaf.ended() == -signal.SIGKILL


def test_what_a_killed_run_left_behind_is_ended(tmp_path):
    places = places_in(tmp_path)
    child = sleeper(places)
    child.start()
    eventually(lambda: set(marked(MARK, places.var)) == {child.process.pid})
    places.lock.write_text(json.dumps({"mark": MARK}))
    assert end_leftovers(places.lock, places.var) == 1
    child.finish()


def test_a_copied_folder_never_ends_the_originals_processes(tmp_path):
    original, copy = places_in(tmp_path / "original"), places_in(tmp_path / "copy")
    child = sleeper(original)
    child.start()
    eventually(lambda: set(marked(MARK, original.var)))
    copy.lock.write_text(json.dumps({"mark": MARK}))
    assert end_leftovers(copy.lock, copy.var) == 0
    assert child.ended() is None
    child.ask_to_stop()
    child.finish()


@pytest.mark.parametrize("record", ["", "[]", "{", '{"pid": 1}', '{"mark": null}'])
def test_a_spoilt_record_ends_nobody(tmp_path, record):
    places = places_in(tmp_path)
    places.lock.write_text(record)
    assert end_leftovers(places.lock, places.var) == 0


def test_last_words_are_one_line(tmp_path):
    places = places_in(tmp_path)
    child = sleeper(
        places, command=["sh", "-c", "echo one; echo two >&2; echo '  ~~^^^'; echo three"]
    )
    child.start()
    child.finish()
    assert child.last_words() == "two | three"


def test_a_long_log_is_put_aside(tmp_path: Path):
    log = tmp_path / "web.log"
    log.touch()
    os.truncate(log, 21 * 1024 * 1024)
    put_aside(log)
    assert not log.exists()
    assert (tmp_path / "web.log.1").exists()
