"""The one TCP port of the service."""

import os
import socket
import time

from spo_cases.services.errors import CannotStart

LOOPBACK = "127.0.0.1"


def chosen() -> int:
    """PORT from the environment, else 8000."""
    given = os.environ.get("PORT") or "8000"
    if not (given.isascii() and given.isdecimal() and 0 < int(given) < 65536):
        raise CannotStart(f'PORT is "{given}": set it to a number from 1 to 65535')
    return int(given)


def refuse_taken(port: int, *, seconds: float = 2.0) -> None:
    """A server that was just killed may hold its port a moment longer; anybody else stays."""
    until = time.monotonic() + seconds
    while not free(port):
        if time.monotonic() > until:
            raise CannotStart(
                f"port {port} is taken by another program: stop it, "
                f"or choose another port with PORT={port % 65535 + 1} ./run"
            )
        time.sleep(0.1)


def free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except PermissionError:
            raise CannotStart(
                f"port {port} is only for root: choose another with PORT=8000 ./run"
            ) from None
        except OSError:
            return False
        return True
