"""What is measured: a PostgreSQL, databases of two sizes, and the web on each with two workers."""

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from spo_cases.services import environment
from spo_cases.services.children import Child
from spo_cases.services.paths import Places, prepare
from spo_cases.services.postgres import Postgres
from spo_cases.services.progress import Say
from spo_cases.services.readiness import wait_for
from spo_cases.services.supervisor import Supervisor

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
LOOPBACK = "127.0.0.1"


@dataclass
class Bench:
    """The server and what was made in it. Everything goes when the block ends."""

    places: Places
    base: dict[str, str]
    supervisor: Supervisor
    address: str
    made: list[str]

    def address_of(self, database: str) -> str:
        return urlunsplit(urlsplit(self.address)._replace(path=f"/{database}"))

    def make(self, database: str, like: str = "template0") -> str:
        """A new database; gives its address."""
        self.administer(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        self.administer(f'CREATE DATABASE "{database}" TEMPLATE "{like}"')
        self.made.append(database)
        return self.address_of(database)

    def administer(self, statement: str) -> None:
        with closing(psycopg2.connect(self.address)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)

    def environment(self, database_url: str) -> dict[str, str]:
        return self.base | {"DATABASE_URL": database_url}

    def manage(self, database_url: str, *arguments: str) -> str:
        """A command of manage.py; gives its last line."""
        return self.run(database_url, "manage.py", *arguments)

    def script(self, name: str, database_url: str, *arguments: str) -> list[list[float]]:
        """A benchmark that stands alone, in a process of its own; gives the rounds of ours and theirs."""
        rounds: list[list[float]] = json.loads(
            self.run(database_url, f"benchmarks/{name}", *arguments)
        )
        return rounds

    def run(self, database_url: str, *command: str) -> str:
        done = subprocess.run(  # noqa: S603 our own programs
            [sys.executable, *command],
            env=self.environment(database_url),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command[:2])} failed: {done.stderr[-2000:]}")
        return done.stdout.strip().rpartition("\n")[2]

    def web(self, database_url: str, name: str) -> int:
        """The service with its real server on this database; gives the port."""
        port = free_port()
        command = [sys.executable, "-m", "gunicorn", "spo_cases.wsgi", "--preload"]
        options = [f"--bind={LOOPBACK}:{port}", f"--workers={WORKERS}", "--no-control-socket"]
        child = Child(
            name=f"web-{name}",
            command=[*command, *options],
            log=self.places.log(f"web-{name}"),
            environment=self.environment(database_url),
            folder=ROOT,
        )
        self.supervisor.keep(child)
        wait_for(lambda: answers(port), self.supervisor, child, seconds=60)
        return port


@contextmanager
def bench(say: Say) -> Iterator[Bench]:
    """A PostgreSQL of our own, or the one that DATABASE_URL names: there only new databases are used."""
    supervisor = Supervisor(say)
    with tempfile.TemporaryDirectory(prefix="spo-benchmark-", ignore_cleanup_errors=True) as folder:
        places = prepare(ROOT, Path(folder))
        base = environment.base(places, secrets.token_hex(16)) | settings()
        found = Bench(places, base, supervisor, "", [])
        try:
            found.address = server(places, base, supervisor)
            yield found
        finally:
            for web in [kept for kept in supervisor.kept if not kept.child.serves_others]:
                web.child.ask_to_stop()
            for database in found.made:
                found.administer(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
            supervisor.stop_all()


def settings() -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "SPO_SECURE": "false",
        "SPO_DEMONSTRATION": "true",
    }


def server(places: Places, base: dict[str, str], supervisor: Supervisor) -> str:
    if environment.set_by_caller("DATABASE_URL"):
        return refuse_far(environment.value(os.environ, "DATABASE_URL"))
    postgres = Postgres(places, base)
    postgres.prepare_data()
    child = supervisor.keep(postgres.child())
    wait_for(postgres.accepts, supervisor, child, seconds=20)
    postgres.make_database()
    return postgres.url


def refuse_far(address: str) -> str:
    """A measure over a network says more of the network."""
    host = urlsplit(address).hostname or ""
    if host not in ("", "localhost", LOOPBACK, "::1"):
        raise SystemExit(f"DATABASE_URL names {host}: give a server on this machine")
    return address


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    connection = HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
