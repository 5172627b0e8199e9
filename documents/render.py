"""HTML in, PDF out: the only module that knows WeasyPrint, and a process of its own.

`python -m documents.render` imports once and forks for each document. A fork has no database, no
secret, no network, no file to write, a gigabyte and a minute. `documents.press` is its other end.

Either way a message is four bytes of length and then its bytes: HTML in UTF-8 one way; the other way
a line of JSON (`{"pages": 3}`, `{"refused": why}` or `{"failed": why}`) and the PDF after it.
"""

import gc
import json
import os
import resource
import signal
import sys
from typing import Any, BinaryIO, NoReturn

from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher

MEMORY_BYTES = 1 << 30
WALL_SECONDS = 60
VARIANT = "pdf/ua-1"
NOWHERE = "denied:"  # makes every relative address absolute, so that it is refused and not skipped
FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system")
WARM_UP = "<html lang=en><title>Warm</title><h1>Warm</h1><p>A <b>b</b> <i>c</i></p></html>"


class DenyAll(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """A document is complete in itself. Whatever it asks for, the rendering stops, loudly."""

    refusal: FatalURLFetchingError | None = None

    def fetch(self, url: str, headers: Any = None) -> NoReturn:
        scheme = url.partition(":")[0][:20]
        self.refusal = FatalURLFetchingError(
            f"The document asks for something outside itself ({scheme})"
        )
        raise self.refusal


def pdf_of(html: str) -> tuple[bytes, int]:
    """The PDF, tagged for screen readers, and its number of pages. Raises FatalURLFetchingError."""
    fetcher = DenyAll()
    document = HTML(string=html, base_url=NOWHERE, url_fetcher=fetcher).render()
    pdf = document.write_pdf(pdf_variant=VARIANT)
    if fetcher.refusal:  # drawings swallow it
        raise fetcher.refusal
    return pdf, len(document.pages)


def answer(html: bytes) -> bytes:
    """One reply, whatever happens: the fetcher's error is a BaseException and ends here."""
    try:
        pdf, pages = pdf_of(html.decode())
    except FatalURLFetchingError as refusal:
        return json.dumps({"refused": str(refusal)}).encode() + b"\n"
    except Exception as error:
        return json.dumps({"failed": type(error).__name__}).encode() + b"\n"
    return json.dumps({"pages": pages}).encode() + b"\n" + pdf


def answer_apart(html: bytes) -> bytes:
    """The same in a fork with limits. A fork that dies is an answer too."""
    result, writer = os.pipe()
    if (fork := os.fork()) == 0:
        _answer_and_end(html, writer)
    os.close(writer)
    with os.fdopen(result, "rb") as stream:
        reply = stream.read()
    _, status = os.waitpid(fork, 0)
    if status:
        code = os.waitstatus_to_exitcode(status)
        return json.dumps({"failed": f"The renderer was stopped ({code})"}).encode() + b"\n"
    return reply


def _answer_and_end(html: bytes, writer: int) -> NoReturn:
    code = 1
    try:
        confine()
        gc.disable()  # the whole process ends with the document
        with os.fdopen(writer, "wb") as stream:
            stream.write(answer(html))
        code = 0
    finally:
        os._exit(code)


def confine() -> None:
    """Give up, for the rest of this process, what no document needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(WALL_SECONDS)
    sys.addaudithook(_refuse)


def _refuse(event: str, _: tuple[object, ...]) -> None:
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"A document may not use {event}")


def read_message(stream: BinaryIO) -> bytes | None:
    """The next message, or None where the other end has gone."""
    length = stream.read(4)
    if len(length) < 4:
        return None
    body = stream.read(int.from_bytes(length, "big"))
    return body if len(body) == int.from_bytes(length, "big") else None


def write_message(stream: BinaryIO, body: bytes) -> None:
    stream.write(len(body).to_bytes(4, "big") + body)
    stream.flush()


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer until the other end closes. What was warmed up before is shared with every fork."""
    pdf_of(WARM_UP)
    gc.freeze()
    while (html := read_message(requests)) is not None:
        write_message(replies, answer_apart(html))


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
