"""One process that we started: how it is begun, ended, and found again when we were killed."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

OUR_MARK = "SPO_RUN"  # in the environment of everything that one ./run starts
# We may have died before the kernel was told whom to signal.
UNLESS_ORPHANED = '[ "$PPID" = "$0" ] && exec "$@"'
LOG_LIMIT = 20 * 1024 * 1024  # bytes, after which a log is put aside at the next start


@dataclass
class Child:
    """A process in a session of its own, which ends when this process ends, however it ends.

    `before` is a command that the program is started through, such as another user namespace.
    """

    name: str
    command: list[str]
    log: Path
    environment: Mapping[str, str]
    folder: Path | None = None
    before: list[str] = field(default_factory=list)
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10.0
    serves_others: bool = False  # a server: stops after those that need it
    prepare: Callable[[], None] | None = None  # runs before each start
    begun: float = 0.0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin, writing to the log. The kernel sends `stop_signal` if we die before the child."""
        if self.prepare:
            self.prepare()
        death_signal = ["setpriv", "--pdeathsig", self.stop_signal.name.removeprefix("SIG"), "--"]
        while_we_live = ["sh", "-c", UNLESS_ORPHANED, str(os.getpid())]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.before, *death_signal, *while_we_live, *self.command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.environment,
                cwd=self.folder,
                start_new_session=True,
            )
        self.begun = time.monotonic()

    def ended(self) -> int | None:
        """The exit status once it has ended (negative: by that signal), else None."""
        return self.process.poll() if self.process else None

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def finish(self) -> None:
        """Wait for the end that was asked for, then end what is left of the session."""
        if not self.process:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(self.stop_seconds)
        self.sweep_session()
        self.process.wait()

    def sweep_session(self) -> None:
        """A master that was killed may leave workers that still hold its port."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def last_words(self, lines: int = 2) -> str:
        """The end of its log, on one line, without the marks below a traceback's code."""
        text = (line.strip() for line in self.log.read_text(errors="replace").splitlines())
        return " | ".join([line for line in text if line.strip("^~")][-lines:])


def put_aside(log: Path) -> None:
    """Keep a log from growing for ever: one older file stays."""
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))


def marked(mark: str, var: Path) -> Iterator[int]:
    """Processes that the run with this mark started for this var/.

    Both are looked for, so that a copied var/ never ends the processes of the original.
    """
    wanted = {f"{OUR_MARK}={mark}".encode(), b"SPO_VAR=" + os.fsencode(var)}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal() or int(entry.name) == os.getpid():
            continue
        with suppress(OSError):
            if wanted <= set((entry / "environ").read_bytes().split(b"\0")):
                yield int(entry.name)


def end_leftovers(record: Path, var: Path, *, patience: float = 5.0) -> int:
    """End what a killed run left behind; how many there were."""
    try:
        mark = json.loads(record.read_text())["mark"]
    except (OSError, ValueError, KeyError, TypeError):
        return 0
    found = set(marked(mark, var))
    for pid in found:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + patience
    while time.monotonic() < until and any(marked(mark, var)):
        time.sleep(0.05)
    for pid in marked(mark, var):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return len(found)
