"""A superseded copy says so on every page. The original, which may have been served, stays as it is."""

from datetime import datetime
from html import escape
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
)

from documents.layout import day, local_day

FONT = DictionaryObject(
    {
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica-Bold"),
    }
)
SIZE, LEFT, BELOW_TOP = 10, 77, 34  # points


def words(superseded_at: datetime) -> str:
    """What the stamp says."""
    return f"SUPERSEDED on {day(local_day(superseded_at))}. It stands no more: see the newest in the case."


def stamped(pdf: bytes, superseded_at: datetime) -> bytes:
    """The PDF with the words at the top of each page, marked as an artefact of no content."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    font = writer._add_object(FONT)
    for page in writer.pages:
        _stamp(writer, page, font, words(superseded_at))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _stamp(writer: PdfWriter, page: PageObject, font: object, text: str) -> None:
    top = float(page.mediabox.top) - BELOW_TOP
    after = DecodedStreamObject()
    after.set_data(
        f"Q /Artifact BMC q 0.6 0 0 rg BT /Stamp {SIZE} Tf 1 0 0 1 {LEFT} {top:.1f} Tm "
        f"({text}) Tj ET Q EMC".encode("latin-1")
    )
    before = DecodedStreamObject()
    before.set_data(b"q")
    contents = page["/Contents"].get_object()
    drawn = list(contents) if isinstance(contents, ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject(
        [writer._add_object(before), *drawn, writer._add_object(after)]
    )
    resources: Any = page["/Resources"].get_object()
    fonts = resources.setdefault(NameObject("/Font"), DictionaryObject()).get_object()
    fonts[NameObject("/Stamp")] = font


def stamped_html(html: str, superseded_at: datetime) -> str:
    """The HTML with the same words before everything else."""
    head, body, rest = html.partition("<body")
    tag, end, content = rest.partition(">")
    note = f'<p class="box"><b>{escape(words(superseded_at))}</b></p>'
    return f"{head}{body}{tag}{end}{note}{content}"
