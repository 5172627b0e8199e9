"""What ./test does once the packages are there: servers of its own in a passing folder, then pytest."""

import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from spo_cases.services import environment, valkey
from spo_cases.services.errors import CannotStart
from spo_cases.services.paths import prepare
from spo_cases.services.postgres import Postgres
from spo_cases.services.progress import lines
from spo_cases.services.readiness import wait_for
from spo_cases.services.supervisor import Supervisor

ROOT = Path(__file__).resolve().parents[2]
HASTE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")  # nothing is kept


def main(arguments: list[str]) -> int:
    """pytest's exit status. Without arguments the whole suite, on all cores."""
    say = lines(float(os.environ.get("SPO_BEGAN") or time.time()))
    try:
        with servers(Supervisor(say)) as addresses:
            say("PostgreSQL and Valkey accept")
            # A core has one half of the tests, so that a module's rows are written once, and takes
            # what is left of the other half when it is done.
            everything = [f"--numprocesses={cores()}", "--dist=worksteal"]
            return pytest(arguments or everything, addresses)
    except CannotStart as error:
        sys.stderr.write(f"Cannot start: {error}\n")
        return 1


def cores() -> int:
    return min(max(os.cpu_count() or 2, 2), 8)


@contextmanager
def servers(supervisor: Supervisor) -> Iterator[dict[str, str]]:
    """The environment that leads to a new PostgreSQL and a new Valkey, which end with the block.

    What the caller already set an address for is used as it is.
    """
    with tempfile.TemporaryDirectory(prefix="spo-test-", ignore_cleanup_errors=True) as folder:
        places = prepare(ROOT, Path(folder))
        base = environment.base(places, secrets.token_hex(16))
        try:
            addresses = start_postgres(supervisor, Postgres(places, base, options=HASTE))
            broker = supervisor.keep(valkey.child(places, base))
            wait_for(lambda: valkey.accepts(places), supervisor, broker, seconds=20)
            yield base | addresses | {"REDIS_URL": valkey.url(places)} | settings_of_tests()
        finally:
            supervisor.stop_all()
            places.release()


def settings_of_tests() -> dict[str, str]:
    """Plain http, as the test client and the browser speak it."""
    return {"SECRET_KEY": secrets.token_urlsafe(64), "SPO_SECURE": "false"}


def start_postgres(supervisor: Supervisor, postgres: Postgres) -> dict[str, str]:
    if environment.set_by_caller("DATABASE_URL"):
        return {}
    postgres.prepare_data()
    server = supervisor.keep(postgres.child())
    wait_for(postgres.accepts, supervisor, server, seconds=20)
    postgres.make_database()
    return {"DATABASE_URL": postgres.url}


def pytest(arguments: list[str], given: dict[str, str]) -> int:
    """Ctrl-C is pytest's to answer: it still prints what it knows, and then we clean up."""
    signal.signal(signal.SIGINT, lambda number, frame: None)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, env=given, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
