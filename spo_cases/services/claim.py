"""Only one ./run at a time may own a var/."""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from spo_cases.services.children import end_leftovers
from spo_cases.services.errors import CannotStart
from spo_cases.services.paths import Places
from spo_cases.services.progress import Say


@contextmanager
def claimed(places: Places, address: str, say: Say) -> Iterator[str]:
    """Hold var/ until the end of the block; gives the mark that all our processes carry.

    The lock is the kernel's: it is free again the moment its owner dies, whatever killed it.
    """
    with places.lock.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(already_running(places)) from None
        if count := end_leftovers(places.lock, places.var):
            say(f"ended {count} processes that an earlier run had left behind")
        mark = secrets.token_hex(16)
        lock.truncate(0)
        lock.write(json.dumps({"mark": mark, "pid": os.getpid(), "address": address}))
        lock.flush()
        yield mark


def already_running(places: Places) -> str:
    try:
        owner = json.loads(places.lock.read_text())
        who = f"process {owner['pid']} serves {owner['address']} from it"
    except (OSError, ValueError, KeyError, TypeError):
        who = "another ./run has just begun to use it"
    return (
        f"{places.var} is in use, {who}: stop that with Ctrl-C, "
        "or start a second copy with SPO_VAR=/another/folder PORT=8001 ./run"
    )
