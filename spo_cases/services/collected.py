"""Have the static files changed since they were last gathered? Gathering compresses them, slowly."""

import hashlib
from pathlib import Path

from spo_cases.services.paths import Places


def fingerprint(root: Path) -> str:
    """Changes with any static file, and with the packages that gather them."""
    digest = hashlib.sha256()
    sources = [path for path in sorted((root / "static").rglob("*")) if path.is_file()]
    for path in [*sources, root / "requirements.txt", root / "spo_cases" / "settings.py"]:
        digest.update(f"{path.relative_to(root)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_fresh(places: Places) -> bool:
    stamp = stamp_file(places)
    return stamp.exists() and stamp.read_text() == fingerprint(places.root)


def remember(places: Places) -> None:
    stamp_file(places).write_text(fingerprint(places.root))


def stamp_file(places: Places) -> Path:
    return places.var / "static" / ".gathered"
