"""The whole service as ./run starts it: killed in part, killed as a whole, started again."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg2
import pytest

from spo_cases.services.children import marked
from spo_cases.services.postgres import Postgres
from spo_cases.tests.hosting import ADVOCATES, require_two_sites
from spo_cases.tests.services import ROOT, alive, environment_of, eventually, places_in

pytestmark = pytest.mark.processes

NO_TRIGGERS = "SET session_replication_role = replica"
NEEDED = (
    *("--bind=127", "--bind=unix", "keeper", "--queues=celery", "valkey-server"),
    *("render_waiting", "search_waiting"),
)
REPORTS, REPORTS_WITHOUT_BROKER = 40, 3
NO_BROKER = "redis://127.0.0.1:9/0"
TOLD = """
    SELECT count(DISTINCT alert.thread) FILTER (WHERE alert.addressed_at IS NOT NULL),
           count(*), count(*) FILTER (WHERE message.state = 'sent')
    FROM alerts_alert AS alert JOIN alerts_message AS message ON message.alert_id = alert.id
    WHERE alert.kind = 'breach_reported' AND alert.rung = 0 AND message.channel = 'email'
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def caller(places, **variables):
    """The environment of somebody who types a command: nothing of this suite's own servers."""
    of_the_suite = ("DATABASE_URL", "REDIS_URL", "SPO_RUN", "SECRET_KEY", "SPO_SECURE")
    given = environment_of(places)
    return {name: value for name, value in given.items() if name not in of_the_suite} | variables


@contextmanager
def begun(places, port, *arguments, **variables):
    """`./run --empty` after its set-up; stopped at the end where it still runs."""
    given = caller(places, **variables)
    with (places.var / "out").open("w") as log:
        run = subprocess.Popen(
            [sys.executable, "-m", "spo_cases.services", "--empty", *arguments],
            cwd=ROOT,
            env=given | {"PORT": str(port)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield run
    finally:
        run.terminate()
        run.wait(60)


def said(places):
    return (places.var / "out").read_text()


def ready(places, run):
    assert run.poll() is None, said(places)
    return "READY" in said(places)


def answers(port, host="127.0.0.1", path="/health/ready"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def process_of(run, word):
    """The child of the run whose command holds this word."""
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
    for pid in children:
        with suppress(OSError):
            if word.encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
                return int(pid)
    return None


def may(places, role, statement):
    """Whether PostgreSQL lets this role of the running service do it. Nothing is kept."""
    server = Postgres(places, environment_of(places))
    with closing(psycopg2.connect(server.address_of(role))) as connection:
        try:
            connection.cursor().execute(statement)
        except psycopg2.errors.InsufficientPrivilege:
            return False
        finally:
            connection.rollback()
    return True


KNOWS = {  # a word of each process's command -> the role whose address it knows
    "--bind=127": "service",
    "--bind=unix": "advocates",
    "keeper": "service",
    "--queues=celery": "service",
    "watch": "service",
    "beat": "service",
    "render_waiting": "documents",
    "search_waiting": "service",
}


def require_walls(places, run):
    """No process of the service owns the tables, nor knows the address of who does."""
    assert may(places, "service", "SELECT text FROM vault.confidential")
    assert may(places, "service", "UPDATE casework_case SET version = version")
    for statement in ("UPDATE audit_entry SET actor = ''", "TRUNCATE audit_entry", NO_TRIGGERS):
        assert not may(places, "service", statement)
    assert not may(places, "advocates", "SELECT text FROM vault.confidential")
    assert not may(places, "advocates", "SELECT password FROM public.accounts_user")
    assert may(places, "advocates", "SELECT id FROM advocates.casework_case")
    for word, whose in KNOWS.items():
        environment = Path(f"/proc/{process_of(run, word)}/environ").read_bytes()
        assert b"//app:" not in environment
        for role, password in Postgres(places, environment_of(places)).passwords.items():
            assert (password.encode() in environment) == (role == whose)


@contextmanager
def reporting(places, times):
    """Somebody reports breaches meanwhile; all of them are committed at the end."""
    reporter = subprocess.Popen(
        [sys.executable, "-m", "spo_cases.tests.reporting", str(times)],
        cwd=ROOT,
        env=caller(places),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reporter.stdout.readline(), "the first report"
    yield
    assert len(reporter.communicate(timeout=120)[0].splitlines()) == times - 1
    assert reporter.returncode == 0


def told_of(places):
    """How many reports have an alert with its recipients, their mails, and those that have left."""
    server = Postgres(places, environment_of(places))
    with closing(psycopg2.connect(server.address_of("service"))) as connection:
        cursor = connection.cursor()
        cursor.execute(TOLD)
        reports, mails, sent = cursor.fetchone()
    return reports, mails, sent


def require_everybody_told(places, reports):
    """Each report is known, each of its mails has left, and each is one file."""

    def done():
        found, mails, sent = told_of(places)
        return found == reports and mails == sent >= 3 * reports

    eventually(done, seconds=60)
    left = [file.read_text() for file in (places.var / "outbox").glob("*.eml")]
    assert sum("somebody must answer now" in text for text in left) >= told_of(places)[1]


def printed_of(places):
    """How many documents are made, and how many still wait."""
    server = Postgres(places, environment_of(places))
    with closing(psycopg2.connect(server.address_of("service"))) as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT status, count(*) FROM documents_document GROUP BY status")
        found = dict(cursor.fetchall())
    assert found.keys() <= {"made", "waiting"}
    return found.get("made", 0), found.get("waiting", 0)


def test_the_service_survives_what_may_happen_to_it(tmp_path):
    places, port = places_in(tmp_path / "with a space"), free_port()
    with begun(places, port) as run:
        eventually(lambda: ready(places, run), seconds=150)
        require_walls(places, run)
        require_two_sites(places, port)
        with reporting(places, REPORTS):
            for word in NEEDED:
                old = process_of(run, word)
                os.kill(old, signal.SIGKILL)
                eventually(lambda word=word, old=old: process_of(run, word) not in (None, old))
        require_everybody_told(places, REPORTS)
        eventually(lambda: answers(port), seconds=60)
        eventually(lambda: answers(port, ADVOCATES), seconds=60)

        mark = json.loads(places.lock.read_text())["mark"]
        run.kill()
        run.wait()
    eventually(lambda: not answers(port))
    with begun(places, port, "--once") as again:
        assert again.wait(150) == 0, said(places)
    assert "READY" in said(places)
    assert not list(marked(mark, places.var))

    with begun(places, port, REDIS_URL=NO_BROKER):
        eventually(lambda: "the web answers" in said(places), seconds=60)
        before = sum(printed_of(places))
        with reporting(places, REPORTS_WITHOUT_BROKER):
            pass
        require_everybody_told(places, REPORTS + REPORTS_WITHOUT_BROKER)
        eventually(lambda: printed_of(places)[1] == 0, seconds=60)
        assert printed_of(places)[0] > before, "of the order that was made for these reports too"


def test_ctrl_c_stops_every_process(tmp_path):
    places, port = places_in(tmp_path), free_port()
    with begun(places, port) as run:
        eventually(lambda: "PostgreSQL accepts" in said(places), seconds=60)
        time.sleep(1)
        mark = json.loads(places.lock.read_text())["mark"]
        children = list(marked(mark, places.var))
        assert children
        run.send_signal(signal.SIGINT)
        assert run.wait(60) == 0
    assert said(places).splitlines()[-1].endswith("stopped")
    assert not [pid for pid in children if alive(pid)]
