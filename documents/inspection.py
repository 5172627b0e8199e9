"""Everything that a finished document says, wherever it says it, as text to be searched.

The HTML with its attributes and comments; the PDF's pages as a reader's software takes the text from
them (whatever its colour or size), every string and decompressed stream of every object, and so the
metadata, links, notes, alternative texts and names as well.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from urllib.parse import unquote_plus

from pypdf import PdfReader
from pypdf.errors import PdfReadError
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, StreamObject

FORBIDDEN = {
    "/EmbeddedFile": "a file is attached to it",
    "/EmbeddedFiles": "a file is attached to it",
    "/Filespec": "a file is attached to it",
    "/AF": "a file is attached to it",
    "/FileAttachment": "a file is attached to it",
    "/JavaScript": "there is a script in it",
    "/JS": "there is a script in it",
    "/Launch": "it starts a program",
    "/OpenAction": "it does something when it is opened",
    "/AA": "it does something when it is opened",
    "/RichMedia": "there is a film or sound in it",
    "/GoToR": "it opens another file",
    "/SubmitForm": "it sends something away",
}
FONTS = ("/OpenType", "/CIDFontType0C", "/Type1C")
STREAMS = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
LITERALS = re.compile(r"\(((?:\\.|[^\\()])*)\)", re.DOTALL)
UNICODE_HEX = re.compile(r"<feff([0-9a-f\s]*)>", re.IGNORECASE)


class Unfit(Exception):
    """The PDF holds something that no document of ours may hold, or cannot be read back."""


class _Text(HTMLParser):
    """Collects what stands between, in and beside the tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown: list[str] = []
        self.hidden: list[str] = []

    def handle_data(self, data: str) -> None:
        self.shown.append(data)

    def handle_comment(self, data: str) -> None:
        self.hidden.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += [
            text for _, value in attrs if value for text in (value, unquote_plus(value))
        ]


def texts_of_html(html: str) -> Iterator[str]:
    """What the HTML says: its text in one piece, each attribute and comment by itself."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    yield "".join(parser.shown)
    yield from parser.hidden


def texts_of_pdf(pdf: bytes) -> Iterator[str]:
    """What the PDF says. Raises Unfit where it holds a file, a script or an action, or is broken."""
    try:
        reader = PdfReader(BytesIO(pdf), strict=True)
        yield "".join(page.extract_text() for page in reader.pages)
        yield STREAMS.sub(b"", pdf).decode("latin-1")
        yield from {text for thing in _objects(reader) for text in _strings(thing)}
    except (PdfReadError, ValueError, KeyError, TypeError) as error:
        raise Unfit(f"it cannot be read back ({type(error).__name__})") from error


def _objects(reader: PdfReader) -> Iterator[Any]:
    numbers = {*reader.xref_objStm, *(n for table in reader.xref.values() for n in table)}
    for number in sorted(numbers - {0}):
        yield reader.get_object(number)


def _strings(thing: Any) -> Iterator[str]:
    """All strings and names of one object and what is written inside it; references are not followed."""
    waiting = [thing]
    while waiting:
        value = waiting.pop()
        if isinstance(value, DictionaryObject):
            _require_harmless(value)
            waiting += [*value.keys(), *value.values()]
            if isinstance(value, StreamObject):
                yield from _stream(value)
        elif isinstance(value, ArrayObject):
            waiting += list(value)
        elif isinstance(value, ByteStringObject):
            yield bytes(value).decode("latin-1")
        elif isinstance(value, str):
            yield value
            yield unquote_plus(value)  # in an address, Rose Lane is Rose%20Lane


def _require_harmless(value: DictionaryObject) -> None:
    for name in (*value.keys(), value.get("/Type"), value.get("/Subtype"), value.get("/S")):
        if why := FORBIDDEN.get(str(name)):
            raise Unfit(why)


def _stream(value: StreamObject) -> Iterator[str]:
    """A stream's text. Of drawing instructions only the strings: numbers read together mean anything."""
    if "/Length1" in value or value.get("/Subtype") in FONTS:
        return
    data = value.get_data().decode("utf-8", "replace")
    if value.get("/Type") == "/Metadata":
        yield data
    yield "".join(LITERALS.findall(data))
    for digits in UNICODE_HEX.findall(data):
        yield bytes.fromhex("".join(digits.split())).decode("utf-16-be", "replace")
