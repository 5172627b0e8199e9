"""The processes of the service, by name: what each runs, and where it writes its log."""

import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from spo_cases.services import environment
from spo_cases.services.children import Child, put_aside
from spo_cases.services.environment import as_role
from spo_cases.services.paths import Places

WEB_WORKERS = min(2 * (os.cpu_count() or 1) + 1, 9)
ADVOCATES_WORKERS = 2
SERVICE_KNOWS = ("DATABASE_URL",)
DOCUMENTS_KNOWS = ("DATABASE_URL_DOCUMENTS",)
ADVOCATES_KNOW = ("DATABASE_URL_ADVOCATES",)
NOT_THE_ADVOCATES = ("AUDIT_ANCHOR_KEY", "EMAIL_URL", "NOTIFY_API_KEY", "STORAGE_URL")
QUIET_WORKER = ("--loglevel=WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat")


@dataclass(frozen=True)
class Commands:
    """Makes children; none is started here. What runs for long never learns the owner's address."""

    places: Places
    environment: Mapping[str, str]
    port: int

    def django(self, *arguments: str) -> Child:
        """One manage.py command, which chooses the role that it needs from all addresses."""
        child = self._child(arguments[0], "manage.py", *arguments)
        child.environment = self.environment
        return child

    def hasty(self, *arguments: str) -> Child:
        """One manage.py command on the embedded database whose commits need not reach the disk one
        by one: it counts as done only when the note that says so has, and with it all before."""
        child = self.django(*arguments)
        child.environment = dict(child.environment) | {"PGOPTIONS": "-c synchronous_commit=off"}
        return child

    @property
    def apart(self) -> bool:
        """Whether the advocates' site has a role, and so processes, of its own."""
        return any(environment.set_in(self.environment, name) for name in ADVOCATES_KNOW)

    def web(self) -> Child:
        """The one port. What comes to the advocates' host goes on to their own process."""
        child = self._gunicorn("web", f"--bind=127.0.0.1:{self.port}", f"--workers={WEB_WORKERS}")
        if self.apart:
            child.environment = dict(child.environment) | {
                "SPO_ADVOCATES_SOCKET": str(self.places.advocates)
            }
        return child

    def advocates(self) -> Child:
        """The advocates' site: it knows the address of its own role alone, and no secret of the others'."""
        child = self._gunicorn(
            "advocates", f"--bind=unix:{self.places.advocates}", f"--workers={ADVOCATES_WORKERS}"
        )
        kept = environment.without(self.environment, NOT_THE_ADVOCATES)
        child.environment = as_role(kept, "advocates", known=ADVOCATES_KNOW) | {
            "SPO_KEEPER_SOCKET": str(self.places.keeper),
            "SPO_TRUSTED_PROXIES": str(environment.trusted_proxies(self.environment) + 1),
        }
        return child

    def keeper(self) -> Child:
        """Tells the advocates' site which words may be shown; that cannot read the vault itself."""
        return self._child("keeper", "manage.py", "keeper", str(self.places.keeper))

    def _gunicorn(self, name: str, *arguments: str) -> Child:
        return self._child(
            name,
            "-m",
            "gunicorn",
            "spo_cases.wsgi",
            *arguments,
            "--preload",
            "--timeout=60",
            "--graceful-timeout=5",
            "--no-control-socket",
        )

    def worker(self) -> Child:
        """Everything that must happen soon: sweeps, alerts, clocks."""
        return self._celery(
            "worker",
            "worker",
            "--queues=celery",
            "--concurrency=2",
            "--hostname=worker@%h",
            *QUIET_WORKER,
        )

    def documents(self) -> Child:
        """PDFs, apart and below the rest: a long document delays no alert and no page."""
        child = self._celery(
            "documents",
            "worker",
            "--queues=documents",
            "--concurrency=1",
            "--hostname=documents@%h",
            *QUIET_WORKER,
        )
        child.before = ["nice", "-n", "5"]
        child.environment = as_role(self.environment, "documents", known=DOCUMENTS_KNOWS)
        return child

    def searches(self) -> Child:
        """What was printed is held against the vault, which the printer cannot read."""
        child = self._celery(
            "searches",
            "worker",
            "--queues=searches",
            "--concurrency=1",
            "--hostname=searches@%h",
            *QUIET_WORKER,
        )
        child.before = ["nice", "-n", "5"]
        return child

    def beat(self) -> Child:
        schedule = self.places.var / "run" / "beat"
        return self._celery(
            "beat", "beat", "--loglevel=WARNING", f"--schedule={schedule}", "--pidfile="
        )

    def watch(self) -> Child:
        """The sweep that needs PostgreSQL alone."""
        return self._child("watch", "manage.py", "watch")

    def render_waiting(self) -> Child:
        """Prints with PostgreSQL alone; as the role that prints, and nobody's hurry."""
        child = self._child("render_waiting", "manage.py", "render_waiting")
        child.before = ["nice", "-n", "10"]
        child.environment = as_role(self.environment, "documents", known=DOCUMENTS_KNOWS)
        return child

    def search_waiting(self) -> Child:
        """Searches prints with PostgreSQL alone."""
        child = self._child("search_waiting", "manage.py", "search_waiting")
        child.before = ["nice", "-n", "10"]
        return child

    def _celery(self, name: str, *arguments: str) -> Child:
        return self._child(name, "-m", "celery", "--app=spo_cases", *arguments)

    def _child(self, name: str, *arguments: str) -> Child:
        log = self.places.log(name)
        put_aside(log)
        return Child(
            name=name,
            command=[sys.executable, *arguments],
            log=log,
            environment=as_role(self.environment, "service", known=SERVICE_KNOWS),
            folder=self.places.root,
            stop_signal=signal.SIGTERM,
        )
