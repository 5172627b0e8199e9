"""One port for two sites: what comes to the advocates' host is passed on to their own process.

The police's process reads who was asked, and nothing else of it: no page, session or row. A proxy that
knows both processes does this in its place.
"""

import http.client
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote

from django.conf import settings

from accounts import sites

PATIENCE = 10.0  # seconds without a byte; the police's worker that waits so long serves nobody else
REST = 30.0  # seconds in which nobody waits again for a process that hung
BLOCK = 64 * 1024
OF_ONE_LEG = frozenset(
    [
        "connection",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "expect",
        "host",
        "proxy-connection",
        "proxy-authenticate",
        "proxy-authorization",
        "x-forwarded-for",
    ]
)
PATH, QUERY = "/~!$&'()*+,;=:@", "/~!$&'()*+,;=:@?%[]|"  # what stays as it was sent
SILENT = """<!DOCTYPE html><html lang="en"><title>Not here at the moment</title>
<p>This site does not answer at the moment. Try again in a minute.</p>
<p>In danger now: ring 999. Otherwise ring {phone}.</p></html>"""
Environ = dict[str, Any]
Start = Callable[[str, list[tuple[str, str]]], object]


class Connection(http.client.HTTPConnection):
    """To a process that listens on a socket of this machine."""

    def __init__(self, path: str, timeout: float = PATIENCE) -> None:
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Relay:
    """The police's application, and before it the fork in the way."""

    def __init__(self, police: Callable[[Environ, Start], Iterable[bytes]], path: str) -> None:
        self.police = police
        self.path = path
        self.hung_at = -REST

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        if not sites.names_advocates(environ.get("HTTP_HOST", "")):
            return self.police(environ, start)
        if time.monotonic() < self.hung_at + REST:
            return _silent(start)
        connection = Connection(self.path)
        try:
            answer = _ask(connection, environ)
        except (OSError, http.client.HTTPException) as gone:
            connection.close()
            if isinstance(gone, TimeoutError):
                self.hung_at = time.monotonic()
            return _silent(start)
        kept = [(k, v) for k, v in answer.getheaders() if k.lower() not in OF_ONE_LEG]
        start(f"{answer.status} {answer.reason}", kept)
        return _body(connection, answer)


def is_ready(path: str) -> bool:
    """Whether the advocates' process says that it can serve."""
    connection = Connection(path, timeout=5)
    try:
        connection.request("GET", "/health/ready", headers={"Host": settings.ADVOCATES_HOST})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _ask(connection: Connection, environ: Environ) -> http.client.HTTPResponse:
    path = quote(environ.get("PATH_INFO", "/").encode("latin-1"), safe=PATH)
    query = quote(environ.get("QUERY_STRING", "").encode("latin-1"), safe=QUERY)
    connection.putrequest(
        environ["REQUEST_METHOD"],
        f"{path}?{query}" if query else path,
        skip_host=True,
        skip_accept_encoding=True,
    )
    for name, value in _headers(environ):
        connection.putheader(name, value.encode("latin-1"))
    length = environ.get("CONTENT_LENGTH", "")
    chunked = not length and "HTTP_TRANSFER_ENCODING" in environ
    try:
        body = _sent(environ["wsgi.input"]) if length or chunked else None
        connection.endheaders(body, encode_chunked=chunked)
    except BrokenPipeError:
        pass  # it has refused what it was sent, and says why
    return connection.getresponse()


def _headers(environ: Environ) -> Iterator[tuple[str, str]]:
    """What the browser sent, and where it came from."""
    yield "Host", environ["HTTP_HOST"]
    for key, value in environ.items():
        name = key.removeprefix("HTTP_").replace("_", "-").lower()
        if (key.startswith("HTTP_") and name not in OF_ONE_LEG) or (
            key in ("CONTENT_TYPE", "CONTENT_LENGTH") and value
        ):
            yield name, value
    if "HTTP_TRANSFER_ENCODING" in environ and not environ.get("CONTENT_LENGTH"):
        yield "transfer-encoding", "chunked"
    came = [environ.get("HTTP_X_FORWARDED_FOR", ""), environ.get("REMOTE_ADDR", "")]
    yield "x-forwarded-for", ", ".join(part for part in came if part)
    yield "connection", "close"


def _sent(stream: Any) -> Iterator[bytes]:
    while block := stream.read(BLOCK):
        yield block


def _body(connection: Connection, answer: http.client.HTTPResponse) -> Iterator[bytes]:
    try:
        while block := answer.read(BLOCK):
            yield block
    finally:
        connection.close()


def _silent(start: Start) -> Iterable[bytes]:
    said = SILENT.format(phone=settings.HELP_PHONE).encode()
    start(
        "503 Service Unavailable",
        [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(said))),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", "default-src 'none'"),
        ],
    )
    return [said]
