"""Lets `manage.py` work beside a `./run`: the service leaves its addresses where the command finds them."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

SHARED = (
    "AUDIT_ANCHOR_KEY",
    "AUDIT_ANCHOR_KEY_FILE",
    "DATABASE_URL",
    "DATABASE_URL_ADVOCATES",
    "DATABASE_URL_DOCUMENTS",
    "DATABASE_URL_OWNER",
    "REDIS_URL",
    "SECRET_KEY_FILE",
    "STORAGE_URL",
    "SPO_DEMONSTRATION",
    "SPO_SECURE",
    "SPO_SITE_URL",
    "SPO_VAR",
)
FILE = "environment"


def leave(given: Mapping[str, str], var: Path) -> None:
    """Write what a command needs to reach this service. Only the owner may read it."""
    file = var / FILE
    fresh = file.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps({name: given[name] for name in SHARED if name in given}, indent=1))
    fresh.rename(file)


def borrow(root: Path) -> None:
    """Fill what the caller did not set from the service that runs (or ran) from this checkout."""
    if any(os.environ.get(name) for name in ("DATABASE_URL", "DATABASE_URL_FILE")):
        return
    file = Path(os.environ.get("SPO_VAR") or root / "var") / FILE
    if file.exists():
        for name, value in json.loads(file.read_text()).items():
            os.environ.setdefault(name, value)
