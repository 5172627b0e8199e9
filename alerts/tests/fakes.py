"""Providers on the loopback interface that do what real ones do on a bad day."""

import json
import socket
import socketserver
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

API_KEY = "test-" + "11111111-1111-4111-8111-111111111111-22222222-2222-4222-8222-222222222222"


class NotifyFake:
    """GOV.UK Notify that remembers every reference it took, and how often.

    `script` holds what happens to the next requests: "500", "429", "400", "hang", "drop" (it takes the
    message and then breaks off), "slow"; after it, `usual`.
    """

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.bodies: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.script: deque[str] = deque()
        self.usual = "ok"
        self.delay: Callable[[], float] = float
        self.hang_for = 30.0
        self.released = threading.Event()
        self.lock = threading.Lock()
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                fake.post(self)

            def do_GET(self) -> None:
                fake.get(self)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *_: object) -> None:
                """A sender that was killed is no error of the provider's."""

        self.server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        self.released.set()
        self.server.shutdown()
        self.server.server_close()

    def post(self, request: BaseHTTPRequestHandler) -> None:
        body = json.loads(request.rfile.read(int(request.headers["Content-Length"])))
        with self.lock:
            mode = self.script.popleft() if self.script else self.usual
        time.sleep(self.delay())
        if mode == "hang":
            self.released.wait(self.hang_for)
        if mode in ("ok", "drop", "hang"):
            with self.lock:
                self.taken[body["reference"]] += 1
                self.bodies.append(body)
        if mode in ("drop", "hang"):
            request.close_connection = True
            request.connection.shutdown(socket.SHUT_RDWR)
        elif mode == "ok":
            self.answer(request, 201, {"id": str(uuid4()), "reference": body["reference"]})
        else:
            self.answer(request, int(mode), {"status_code": int(mode), "errors": []})

    def get(self, request: BaseHTTPRequestHandler) -> None:
        (reference,) = parse_qs(urlsplit(request.path).query)["reference"]
        with self.lock:
            self.asked.append(reference)
            known = [{"id": f"known-{reference}"}] if self.taken[reference] else []
        self.answer(request, 200, {"notifications": known, "links": {}})

    def answer(self, request: BaseHTTPRequestHandler, status: int, body: dict[str, Any]) -> None:
        text = json.dumps(body).encode()
        request.send_response(status)
        if status == 429:
            request.send_header("Retry-After", "25")
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(text)))
        request.end_headers()
        request.wfile.write(text)


class SmtpFake:
    """A mail server. `script` names the step at which the next connections go wrong.

    "rcpt 550" and "data 451" are answers; "drop" takes the message and breaks off without a word.
    """

    def __init__(self) -> None:
        self.taken: list[Message] = []
        self.script: deque[str] = deque()
        fake = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                fake.talk(self)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True
            request_queue_size = 128

        self.server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server.server_address[1]}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def talk(self, client: socketserver.StreamRequestHandler) -> None:
        wrong = self.script.popleft() if self.script else ""
        say = lambda line: client.wfile.write(f"{line}\r\n".encode())  # noqa: E731
        say("220 fake")
        while line := client.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "DATA" and wrong != "data 451":
                say("354 go on")
                self.taken.append(message_from_bytes(self.text(client)))
                if wrong == "drop":
                    return
                say("250 taken")
            elif wrong.startswith(verb.lower() + " "):
                say(f"{wrong[5:]} no")
            else:
                say("221 bye" if verb == "QUIT" else "250 yes")
            if verb == "QUIT":
                return

    def text(self, client: socketserver.StreamRequestHandler) -> bytes:
        lines = []
        while (line := client.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)
