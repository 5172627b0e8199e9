"""Where finished documents lie: in the storage, under the hash of their own bytes, once."""

from dataclasses import dataclass
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from casework.errors import WrongState
from documents.models import Document

DAMAGED = (
    "The stored file is not the one that was made. Tell the service desk, and do not serve it."
)


@dataclass(frozen=True)
class Kept:
    """The key in the storage and the SHA-256, in hex, of what lies there."""

    key: str
    sha256: str


def put(pdf: bytes) -> Kept:
    """Store the bytes. What a crash left half written under the same hash is written again."""
    digest = sha256(pdf).hexdigest()
    key = f"documents/{digest[:2]}/{digest}.pdf"
    if default_storage.exists(key):
        if _read(key) == pdf:
            return Kept(key, digest)
        default_storage.delete(key)
    return Kept(default_storage.save(key, ContentFile(pdf)), digest)


def take(document: Document) -> bytes:
    """The bytes as they were made. Raises WrongState where they are gone or changed."""
    try:
        pdf = _read(document.file)
    except OSError as error:
        raise WrongState(DAMAGED) from error
    if sha256(pdf).hexdigest() != document.sha256:
        raise WrongState(DAMAGED)
    return pdf


def _read(key: str) -> bytes:
    with default_storage.open(key) as file:
        return bytes(file.read())
