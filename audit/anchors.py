"""The ends of the streams, kept where whoever owns the database cannot rewrite them.

A superuser can rebuild a whole stream, so that its chain is sound again. So every five minutes the end
of each stream is signed, with a key that the database does not hold, and put into the storage under
the name of its five minutes, once; the process's log has it too. A stream that was rebuilt or cut since
then no longer has the line that the anchor names. Each anchor names the one before it, so that one
that is taken away is missed.
"""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from audit.chain import Fault

logger = logging.getLogger(__name__)
SALT = "audit.anchors"
FOLDER = "audit/anchors"
FIRST = f"{FOLDER}/first"
MINUTES = 5
HEADS = """
    SELECT stream, seq, encode(hash, 'hex') FROM audit_streamhead WHERE seq > 0 ORDER BY stream
"""
OTHERWISE = """
    SELECT a.stream, a.seq, a.at
    FROM jsonb_to_recordset(%s::jsonb) AS a(stream int, seq bigint, hash text, at text)
    LEFT JOIN audit_entry e ON e.stream = a.stream AND e.seq = a.seq
    WHERE encode(e.hash, 'hex') IS DISTINCT FROM a.hash ORDER BY a.stream, a.seq LIMIT 1
"""


class Broken(Exception):
    """An anchor is missing or is not as it was signed: what it held cannot be compared."""


def is_due(now: datetime | None = None) -> bool:
    """Whether there is no anchor of these five minutes yet."""
    return not default_storage.exists(_name(now or timezone.now()))


def keep(now: datetime | None = None) -> str:
    """Write the anchor of these five minutes; its name. Raises OSError where the storage does not."""
    now = now or timezone.now()
    name = _name(now)
    with connection.cursor() as cursor:
        cursor.execute(HEADS)
        heads = cursor.fetchall()
    content = {"name": name, "at": now.isoformat(), "before": latest(now), "heads": heads}
    signed = signing.dumps(content, key=settings.AUDIT_ANCHOR_KEY, salt=SALT)
    default_storage.save(name, ContentFile(signed.encode()))
    if not content["before"]:
        default_storage.save(FIRST, ContentFile(name.encode()))
    logger.info("The log is anchored", extra={"facts": {"name": name, "anchor": signed}})
    return name


def latest(now: datetime | None = None) -> str:
    """The name of the last anchor that is kept; empty where there never was one."""
    if not default_storage.exists(FIRST):
        return ""
    first = _read(FIRST)
    moment = now or timezone.now()
    while (name := _name(moment)) > first:
        if default_storage.exists(name):
            return name
        moment -= timedelta(minutes=MINUTES)
    return first


def kept(now: datetime | None = None) -> Iterator[dict[str, Any]]:
    """Every anchor, the last one first. Raises Broken."""
    name = latest(now)
    while name:
        anchor = _opened(name)
        yield anchor
        name = anchor["before"]


def first_fault(now: datetime | None = None) -> tuple[Fault | None, int]:
    """The first stream that no longer has a line that was anchored, and how many anchors there are.

    Raises Broken.
    """
    ends: dict[tuple[int, int, str], str] = {}  # and the first anchor that had it
    count = 0
    for count, anchor in enumerate(kept(now), start=1):  # noqa: B007 it is given back
        ends |= dict.fromkeys(map(tuple, anchor["heads"]), anchor["at"])
    rows = [{"stream": s, "seq": n, "hash": end, "at": at} for (s, n, end), at in ends.items()]
    with connection.cursor() as cursor:
        cursor.execute(OTHERWISE, [json.dumps(rows)])
        found = cursor.fetchone()
    if found is None:
        return None, count
    stream, seq, at = found
    return Fault(stream, seq, f"it is not the line that was anchored at {at}"), count


def _name(moment: datetime) -> str:
    """audit/anchors/2026-11-22/18-05: of the five minutes that this moment is in, in UTC."""
    moment = moment.astimezone(UTC)
    return f"{FOLDER}/{moment:%Y-%m-%d/%H}-{moment.minute // MINUTES * MINUTES:02d}"


def _opened(name: str) -> dict[str, Any]:
    try:
        anchor = signing.loads(_read(name), key=settings.AUDIT_ANCHOR_KEY, salt=SALT)
    except FileNotFoundError as error:
        raise Broken(f"The anchor {name} is missing.") from error
    except signing.BadSignature as error:
        raise Broken(f"The anchor {name} is not as it was signed.") from error
    if anchor["name"] != name:
        raise Broken(f"The anchor {name} was written under another name.")
    return dict(anchor)


def _read(name: str) -> str:
    with default_storage.open(name) as file:
        return bytes(file.read()).decode()
