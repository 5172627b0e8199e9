"""Answers whether words give a place away, to a process that cannot read the vault: yes or no, never
which detail, and never whose.

It listens on a socket of this machine that only its own account may open, and runs as the service.
"""

import json
import os
import socket
import threading
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import close_old_connections, connection

from documents.asking import FREE, HELD, PATIENCE
from documents.masking import details_kept_from, words_without

AT_ONCE = 4  # pages that are answered at the same time; others queue
LONGEST = 1_000_000  # bytes of one line


def listen(path: Path) -> socket.socket:
    """The socket, in place of one that a keeper who is gone has left."""
    path.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX)
    before = os.umask(0o177)
    try:
        listening.bind(str(path))
    finally:
        os.umask(before)
    listening.listen(128)
    return listening


def serve(listening: socket.socket) -> None:
    """Answer until the socket is closed."""
    answering = [
        threading.Thread(target=_answer_all, args=[listening], daemon=True) for _ in range(AT_ONCE)
    ]
    for thread in answering:
        thread.start()
    for thread in answering:
        thread.join()


def _answer_all(listening: socket.socket) -> None:
    while True:
        try:
            calling, _ = listening.accept()
        except OSError:
            connection.close()
            return
        with calling:
            calling.settimeout(PATIENCE)
            try:
                with calling.makefile("rwb") as line:
                    _answer(line)
            except (OSError, ValueError, KeyError, TypeError):
                pass  # who asks hears nothing, and shows nothing
            finally:
                close_old_connections()


def _answer(line: Any) -> None:
    """One page's questions, by what the vault holds as the page begins."""
    close_old_connections()
    about = json.loads(line.readline(LONGEST))
    cases = [UUID(case) for case in about["cases"]]
    kept = details_kept_from(None, cases, own=[UUID(person) for person in about["own"]])
    shown = words_without([detail for details in kept.values() for detail in details])
    _say(line, FREE)
    while said := line.readline(LONGEST):
        texts = [str(text) for text in json.loads(said)]
        _say(line, " ".join(FREE if shown(text) == text else HELD for text in texts))


def _say(line: Any, answer: str) -> None:
    line.write(answer.encode() + b"\n")
    line.flush()
