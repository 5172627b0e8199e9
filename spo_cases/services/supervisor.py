"""Keeps what was started running: what dies is started again, sooner at first, then slower."""

import signal
import time
from collections.abc import Iterable
from dataclasses import dataclass
from types import FrameType

from spo_cases.services.children import Child
from spo_cases.services.errors import CannotStart
from spo_cases.services.progress import Say

FIRST_WAIT, LONGEST_WAIT = 0.2, 5.0  # seconds between an end and the next start
WELL_AFTER = 10.0  # a process that ran this long was well: its next wait is the first again
LOOK_EVERY = 0.1


class Stopped(Exception):
    """Ctrl-C, or a signal that asks us to end."""


@dataclass
class Kept:
    """A child with what is known of its restarts."""

    child: Child
    wait: float = FIRST_WAIT
    start_at: float | None = None  # set while it is down; monotonic seconds


class Supervisor:
    """Holds everybody that was started: those to keep alive, and those that run once and pass."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.kept: list[Kept] = []
        self.passing: list[Child] = []
        self.stopping = False

    def listen(self) -> None:
        """From now on Ctrl-C and polite signals end the service in good order."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def keep(self, child: Child) -> Child:
        """Start a child, and start it again whenever it ends."""
        child.start()
        self.kept.append(Kept(child))
        return child

    def begin(self, child: Child) -> Child:
        """Start a child that runs once; `finish` waits for it."""
        child.start()
        self.passing.append(child)
        return child

    def finish(self, child: Child) -> None:
        """Wait for its end. CannotStart with the end of its log when it fails."""
        while child.ended() is None:
            self.look()
            time.sleep(LOOK_EVERY / 4)
        self.passing.remove(child)
        if child.ended():
            raise CannotStart(f"{child.name} failed: {child.last_words()} ({child.log})")

    def look(self) -> None:
        """One look at everybody; raises Stopped when we were asked to end."""
        if self.stopping:
            raise Stopped
        for kept in self.kept:
            self._revive(kept, time.monotonic())

    def _revive(self, kept: Kept, now: float) -> None:
        status = kept.child.ended()
        if status is None:
            return
        if kept.start_at is None:
            kept.child.sweep_session()
            if now - kept.child.begun > WELL_AFTER:
                kept.wait = FIRST_WAIT
            kept.start_at = now + kept.wait
            self.say(f"{kept.child.name} ended ({described(status)}): starting it again")
        elif now >= kept.start_at:
            kept.start_at = None
            kept.wait = min(kept.wait * 2, LONGEST_WAIT)
            try:
                kept.child.start()
            except (CannotStart, OSError) as error:
                kept.start_at = now + kept.wait
                self.say(f"{kept.child.name}: {error}")

    def pause(self) -> None:
        """A look, then a short rest: the body of every loop that waits for something."""
        self.look()
        time.sleep(LOOK_EVERY)

    def stop_all(self) -> None:
        """Those that need a server stop before the servers."""
        last = [kept.child for kept in self.kept if kept.child.serves_others]
        first = [kept.child for kept in self.kept if not kept.child.serves_others]
        stop([*first, *self.passing])
        stop(last)


def stop(children: Iterable[Child]) -> None:
    """Ask all, then wait for each."""
    children = list(children)
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.finish()


def described(status: int) -> str:
    """An exit status in words."""
    if status < 0:
        return signal.Signals(-status).name
    return f"exit status {status}"
