"""What somebody searched for, kept with the session: an address carries a key that says nothing.

Names and numbers in an address would stand in logs, in the browser's history and in referrers.
"""

import secrets
from typing import Any

KEPT = 20  # searches of one session; the oldest is forgotten first
LONGEST = 100
HELD = "searches"


def keep(session: Any, text: str) -> str:
    """The key under which this session holds the text; empty for an empty text."""
    text = text.replace("\0", "").strip()[:LONGEST]
    if not text:
        return ""
    held: dict[str, str] = session.get(HELD, {})
    for key, known in held.items():
        if known == text:
            return key
    key = secrets.token_urlsafe(6)
    session[HELD] = dict([*held.items(), (key, text)][-KEPT:])
    return key


def text_of(session: Any, key: str) -> str:
    """What this session searched for under the key; empty for a key that is not its own."""
    return str(session.get(HELD, {}).get(key, "")) if key else ""
