"""STORAGE_URL: files in a folder or in an S3-compatible store, by the same five calls."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from documents import shelf
from documents.models import Document
from spo_cases import env
from spo_cases.storage import EMPTY, Key, S3Storage, authorization

KEY = Key("test-key", "test/secret+", "eu-west-2")


def test_the_signature_is_the_one_that_the_standard_prints() -> None:
    """The example of "Authenticating Requests: Using the Authorization Header", GET Object."""
    key = Key("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    headers = {
        "Host": "examplebucket.s3.amazonaws.com",
        "Range": "bytes=0-9",
        "x-amz-content-sha256": EMPTY,
        "x-amz-date": "20130524T000000Z",
    }
    said = authorization(key, "GET", "/test.txt", headers, datetime(2013, 5, 24, tzinfo=UTC))
    assert said.endswith(
        "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
        "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
    )


class Bucket(BaseHTTPRequestHandler):
    """A store that keeps files in memory and lets nobody in without the right signature."""

    kept: dict[str, bytes]
    fail: int

    def answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(self.server.fail or status)  # type: ignore[attr-defined]
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def one(self) -> None:
        kept: dict[str, bytes] = self.server.kept  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        names = ("Host", "x-amz-content-sha256", "x-amz-date")
        headers = {name: self.headers[name] for name in names}
        moment = datetime.strptime(headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        right = authorization(KEY, self.command, self.path, headers, moment)
        if self.headers["Authorization"] != right:
            return self.answer(403)
        if hashlib.sha256(body).hexdigest() != headers["x-amz-content-sha256"]:
            return self.answer(400)
        if self.command == "PUT":
            kept[self.path] = body
            return self.answer(200)
        if self.command == "DELETE":
            return self.answer(204 if kept.pop(self.path, None) is not None else 404)
        return self.answer(200, kept[self.path]) if self.path in kept else self.answer(404)

    do_GET = do_PUT = do_HEAD = do_DELETE = one

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Any]:
    made: Any = HTTPServer(("127.0.0.1", 0), Bucket)
    made.kept, made.fail = {}, 0
    thread = Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture
def store(server: Any, monkeypatch: pytest.MonkeyPatch) -> S3Storage:
    address = f"s3+http://test-key:test%2Fsecret%2B@127.0.0.1:{server.server_port}/papers"
    monkeypatch.setenv("STORAGE_URL", f"{address}?region=eu-west-2")
    made = storages.create_storage(env.storage("STORAGE_URL", ""))  # type: ignore[arg-type]
    assert isinstance(made, S3Storage)
    return made


def test_a_file_is_kept_found_read_and_deleted(store: S3Storage, server: Any) -> None:
    name = "documents/ab/abc.pdf"
    assert not store.exists(name)
    assert store.save(name, ContentFile(b"%PDF of any bytes \0\xff")) == name
    assert list(server.kept) == ["/papers/documents/ab/abc.pdf"]
    assert store.exists(name)
    assert store.size(name) == 20
    with store.open(name) as file:
        assert file.read() == b"%PDF of any bytes \0\xff"
    store.delete(name)
    store.delete(name)
    assert not store.exists(name)


def test_what_is_not_there_and_what_fails_are_errors_of_a_disk(
    store: S3Storage, server: Any
) -> None:
    with pytest.raises(FileNotFoundError):
        store.open("gone.pdf")
    store.save("one.pdf", ContentFile(b"x"))
    for status in (301, 403, 500, 503):
        server.fail = status
        for act in (lambda: store.exists("one.pdf"), lambda: store.open("one.pdf")):
            with pytest.raises(OSError, match=str(status)):
                act()


def test_a_wrong_secret_opens_nothing(server: Any) -> None:
    endpoint = f"http://127.0.0.1:{server.server_port}"
    store = S3Storage(endpoint, "papers", "test-key", "another", "eu-west-2")
    with pytest.raises(OSError, match="403"):
        store.save("one.pdf", ContentFile(b"x"))
    assert server.kept == {}


def test_documents_lie_there_once_and_are_checked(
    store: S3Storage, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "default_storage", store)
    kept = shelf.put(b"%PDF")
    assert shelf.put(b"%PDF") == kept
    document = Document(file=kept.key, sha256=kept.sha256)
    assert shelf.take(document) == b"%PDF"
    server.kept[f"/papers/{kept.key}"] = b"%PDF changed"
    with pytest.raises(Exception, match="not the one that was made"):
        shelf.take(document)


@pytest.mark.parametrize(
    "address", ["", "ftp://x/y", "s3://host/bucket", "s3://key:secret@host/", "var/files"]
)
def test_an_address_that_cannot_be_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("STORAGE_URL", address)
    with pytest.raises(ImproperlyConfigured, match="STORAGE_URL"):
        env.storage("STORAGE_URL", "nothing")


def test_a_folder_with_a_space_is_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORAGE_URL", "file:///srv/spo%20files")
    assert env.storage("STORAGE_URL", "")["OPTIONS"] == {"location": "/srv/spo files"}
