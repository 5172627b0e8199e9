"""One port for two sites: what is passed on, what comes back, and what happens when nobody is there."""

import io
import json
import socket
import socketserver
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from spo_cases import relay

HOST = "advocates.localhost:8000"


class Echo(BaseHTTPRequestHandler):
    """Says what it was asked."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
        told = {
            "method": self.command,
            "path": self.path,
            "headers": [[k.lower(), v] for k, v in self.headers.items()],
            "body": body.decode("latin-1"),
        }
        said = json.dumps(told).encode()
        self.send_response(418, "Teapot")
        self.send_header("Set-Cookie", "a=1")
        self.send_header("Set-Cookie", "b=2")
        self.send_header("Connection", "close")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(said)

    do_POST = do_HEAD = do_GET

    def log_message(self, *args: Any) -> None:
        """Says nothing."""

    def address_string(self) -> str:
        return "unix"


class Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@pytest.fixture
def at(tmp_path: Path) -> Iterator[str]:
    path = str(tmp_path / "advocates")
    with Server(path, Echo) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield path
        server.shutdown()


def asked(path: str, **changed: Any) -> tuple[str, list[tuple[str, str]], bytes]:
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/",
        "QUERY_STRING": "",
        "HTTP_HOST": HOST,
        "REMOTE_ADDR": "203.0.113.9",
        "wsgi.input": io.BytesIO(),
    }
    answer: list[Any] = []
    body = relay.Relay(police, path)(environ | changed, lambda *said: answer.extend(said))
    try:
        text = b"".join(body)
    finally:
        getattr(body, "close", lambda: None)()
    return answer[0], answer[1], text


def police(environ: Any, start: Any) -> list[bytes]:
    start("200 OK", [])
    return [b"police"]


def told(path: str, **changed: Any) -> Any:
    return json.loads(asked(path, **changed)[2])


@pytest.mark.parametrize(
    ("host", "theirs"),
    [
        (HOST, True),
        ("ADVOCATES.localhost.", True),
        ("127.0.0.1:8000", False),
        ("localhost", False),
        ("advocates.localhost.evil.test", False),
        ("", False),
    ],
)
def test_only_the_advocates_host_is_passed_on(at: str, host: str, theirs: bool) -> None:
    assert (asked(at, HTTP_HOST=host)[2] != b"police") == theirs


def test_a_request_without_a_host_is_the_polices(at: str) -> None:
    environ = {"REQUEST_METHOD": "GET", "wsgi.input": io.BytesIO()}
    assert relay.Relay(police, at)(environ, lambda *said: None) == [b"police"]


def test_what_was_asked_arrives_as_it_was_asked(at: str) -> None:
    heard = told(
        at,
        REQUEST_METHOD="POST",
        PATH_INFO="/clients/caf\u00c3\u00a9 x/",
        QUERY_STRING="q=%20a&b=\u00e9\x01 HTTP/1.1\r\nX-Evil: 1",
        CONTENT_TYPE="text/plain",
        CONTENT_LENGTH="5",
        HTTP_COOKIE="session=1; csrf=2",
        HTTP_X_FORWARDED_FOR="198.51.100.7",
        HTTP_X_FORWARDED_PROTO="https",
        HTTP_CONNECTION="keep-alive",
        **{"wsgi.input": io.BytesIO(b"hello")},
    )
    headers = dict(heard["headers"])
    assert heard["method"] == "POST"
    assert heard["path"].startswith("/clients/caf%C3%A9%20x/?q=%20a&b=%E9%01%20HTTP/1.1%0D%0A")
    assert heard["body"] == "hello"
    assert headers["host"] == HOST
    assert headers["cookie"] == "session=1; csrf=2"
    assert headers["x-forwarded-for"] == "198.51.100.7, 203.0.113.9"
    assert headers["x-forwarded-proto"] == "https"
    assert headers["connection"] == "close"
    assert "x-evil" not in headers


def test_a_body_in_pieces_arrives(at: str) -> None:
    pieces = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": io.BytesIO(b"x" * 200_000)}
    assert told(at, REQUEST_METHOD="POST", **pieces)["body"] == "x" * 200_000


def test_what_is_answered_comes_back_whole(at: str) -> None:
    status, headers, _ = asked(at)
    assert status == "418 Teapot"
    assert [v for k, v in headers if k == "Set-Cookie"] == ["a=1", "b=2"]
    assert "connection" not in {name.lower() for name, _ in headers}
    status, headers, body = asked(at, REQUEST_METHOD="HEAD")
    assert (status, body) == ("418 Teapot", b"")


def test_where_nobody_is_there_it_says_whom_to_ring(tmp_path: Path) -> None:
    status, headers, body = asked(str(tmp_path / "nobody"))
    assert status.startswith("503")
    assert b"ring 999" in body
    assert ("Cache-Control", "no-store") in headers
    assert not relay.is_ready(str(tmp_path / "nobody"))


def test_a_header_that_would_begin_another_line_is_not_sent(at: str) -> None:
    with pytest.raises(ValueError, match="header"):
        asked(at, HTTP_X_ODD="a\r\nX-Evil: 1")


def test_who_listens_and_never_answers_is_not_waited_for_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "silent")
    monkeypatch.setattr(relay.Connection.__init__, "__defaults__", (0.2,))
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(path)
        silent.listen()
        assert asked(path)[0].startswith("503")


def test_after_one_wait_in_vain_nobody_waits_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, said = str(tmp_path / "silent"), []
    monkeypatch.setattr(relay.Connection.__init__, "__defaults__", (0.2,))
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(path)
        silent.listen(1)
        fork = relay.Relay(police, path)
        environ = {"REQUEST_METHOD": "GET", "HTTP_HOST": HOST, "wsgi.input": io.BytesIO()}
        for _ in range(5):
            fork(dict(environ), lambda status, headers: said.append(status))
        assert said == ["503 Service Unavailable"] * 5
        silent.accept()[0].close()
        silent.settimeout(0.1)
        with pytest.raises(TimeoutError):
            silent.accept()  # nobody else asked
        monkeypatch.setattr(relay, "REST", 0.0)
        fork(dict(environ), lambda status, headers: said.append(status))
        silent.accept()[0].close()
