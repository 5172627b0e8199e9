"""The warm renderer of this process: started once, fed one document at a time, killed when it hangs."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock

from django.conf import settings

PATIENCE_SECONDS = 70  # the fork ends itself after 60
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "LANG")  # and nothing else: no secret, no database


class RenderFailed(Exception):
    """The renderer died, hung or broke. The document may be tried again."""


class RenderRefused(Exception):
    """The document asked for something that no document may have. Trying again cannot help."""


@dataclass(frozen=True)
class Rendered:
    """A finished PDF."""

    pdf: bytes
    pages: int


class Press:
    """One renderer and the pipe to it. Safe in threads; a fork of this process starts its own."""

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self.patience = patience
        self._lock = Lock()
        self._renderer: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def render(self, html: str) -> Rendered:
        """The PDF of complete HTML. Raises RenderFailed or RenderRefused."""
        with self._lock:
            renderer = self._running()
            try:
                _send(renderer, html.encode())
                reply = _receive(renderer, time.monotonic() + self.patience)
            except OSError as error:
                self._end()
                raise RenderFailed(f"The renderer is gone ({type(error).__name__})") from error
        return _understood(reply)

    def stop(self) -> None:
        """End the renderer and whatever it forked."""
        with self._lock:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        renderer = self._renderer
        if renderer is None or renderer.poll() is not None or self._owner != os.getpid():
            self._end()
            self._renderer = renderer = _start()
            self._owner = os.getpid()
        return renderer

    def _end(self) -> None:
        renderer, self._renderer = self._renderer, None
        if renderer is not None and self._owner == os.getpid():
            with suppress(ProcessLookupError):
                os.killpg(renderer.pid, signal.SIGKILL)
            renderer.communicate()


def _start() -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    environment |= {
        "FONTCONFIG_FILE": str(settings.BASE_DIR / "documents" / "fonts.conf"),
        "XDG_CACHE_HOME": str(settings.VAR_DIR / "cache"),
        "PYTHONHASHSEED": "0",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "documents.render"],
        cwd=settings.BASE_DIR,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )


def _send(renderer: subprocess.Popen[bytes], body: bytes) -> None:
    """One message to the renderer. Raises BrokenPipeError where it is dead."""
    assert renderer.stdin is not None  # noqa: S101
    renderer.stdin.write(len(body).to_bytes(4, "big") + body)
    renderer.stdin.flush()


def _receive(renderer: subprocess.Popen[bytes], until: float) -> bytes:
    """One message from it. Raises TimeoutError after `until`, BrokenPipeError where it is dead."""
    length = _read(renderer, 4, until)
    return _read(renderer, int.from_bytes(length, "big"), until)


def _read(renderer: subprocess.Popen[bytes], size: int, until: float) -> bytes:
    assert renderer.stdout is not None  # noqa: S101
    pipe, ready = renderer.stdout.fileno(), select.poll()
    ready.register(pipe, select.POLLIN)
    got = bytearray()
    while len(got) < size:
        if not ready.poll(max(0, until - time.monotonic()) * 1000):
            raise TimeoutError
        part = os.read(pipe, size - len(got))
        if not part:
            raise BrokenPipeError
        got += part
    return bytes(got)


def _understood(reply: bytes) -> Rendered:
    head, _, pdf = reply.partition(b"\n")
    outcome = json.loads(head)
    if why := outcome.get("refused"):
        raise RenderRefused(why)
    if why := outcome.get("failed"):
        raise RenderFailed(why)
    return Rendered(pdf=pdf, pages=outcome["pages"])


PRESS = Press()
