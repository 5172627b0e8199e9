"""Nothing hides in a PDF: white text, tiny text, metadata, alternative text, links, attachments."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from weasyprint import HTML, Attachment

from documents import inspection
from documents.inspection import Unfit, texts_of_html, texts_of_pdf
from documents.leaks import squeeze

SECRET = "Fieldmouse Lane"
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4"
    "nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg=="
)
pytestmark = pytest.mark.renders


def pdf_of(body: str, head: str = "", **options: object) -> bytes:
    html = f"<html lang=en><head><title>Paper</title>{head}</head><body>{body}</body></html>"
    return HTML(string=html).write_pdf(pdf_variant="pdf/ua-1", **options)


def said(pdf: bytes) -> str:
    return squeeze("\n".join(texts_of_pdf(pdf)))


@pytest.mark.parametrize(
    "pdf",
    [
        pytest.param(lambda: pdf_of(f"<p>{SECRET}</p>"), id="text"),
        pytest.param(lambda: pdf_of(f"<p style='color:white'>{SECRET}</p>"), id="white text"),
        pytest.param(lambda: pdf_of(f"<p style='font-size:0.1px'>{SECRET}</p>"), id="tiny text"),
        pytest.param(lambda: pdf_of("<p>Field<b>mouse</b><br>La<i>ne</i></p>"), id="broken up"),
        pytest.param(
            lambda: pdf_of(
                f"<style>p::after{{content:attr(data-x)}}</style><p data-x='{SECRET}'>x"
            ),
            id="content of an attribute",
        ),
        pytest.param(lambda: pdf_of("x", f"<meta name=author content='{SECRET}'>"), id="author"),
        pytest.param(
            lambda: pdf_of("x", f"<meta name=keywords content='{SECRET}'>"), id="keywords"
        ),
        pytest.param(lambda: pdf_of(f"<img alt='{SECRET}' src='{PIXEL}'>"), id="alternative text"),
        pytest.param(lambda: pdf_of(f"<a href='mailto:x?subject={SECRET}'>x</a>"), id="link"),
        pytest.param(lambda: pdf_of(f"<h1 id=a>{SECRET}</h1><a href='#a'>x</a>"), id="outline"),
        pytest.param(
            lambda: pdf_of(f"<svg width=200 height=40><text x=1 y=20>{SECRET}</text></svg>"),
            id="drawing",
        ),
        pytest.param(
            lambda: pdf_of(f"<style>@page{{@top-left{{content:'{SECRET}'}}}}</style>x"), id="margin"
        ),
    ],
)
def test_a_secret_is_seen_wherever_it_stands(pdf: object) -> None:
    assert "fieldmouselane" in said(pdf())  # type: ignore[operator]


def test_a_secret_is_seen_in_metadata_that_came_later() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_of("x"))))
    writer.add_metadata({"/Custom": SECRET})
    out = BytesIO()
    writer.write(out)
    assert "fieldmouselane" in said(out.getvalue())


def test_what_is_not_there_is_not_seen() -> None:
    assert "fieldmouselane" not in said(pdf_of("<p>Field mice live in lanes</p>"))


def attached() -> bytes:
    return pdf_of("x", attachments=[Attachment(string="secret", name="notes.txt")])


def scripted() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_of("x"))))
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")}
    )
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("pdf", [attached, scripted, lambda: b"", lambda: b"%PDF-1.7\nnothing"])
def test_what_cannot_be_searched_is_unfit(pdf: object) -> None:
    with pytest.raises(Unfit):
        list(texts_of_pdf(pdf()))  # type: ignore[operator]


def test_a_pdf_that_lost_its_end_is_unfit() -> None:
    whole = pdf_of("<p>x</p>")
    with pytest.raises(Unfit):
        list(texts_of_pdf(whole[: len(whole) // 2]))


def test_html_is_read_with_its_comments_and_attributes() -> None:
    texts = list(texts_of_html("<p title='one'>t<b>w</b>o &amp; <!-- three --></p>"))
    assert "two & " in texts
    assert "one" in texts
    assert " three " in texts


def test_fonts_are_not_text() -> None:
    """Bytes of a font spell short words by chance."""
    pdf = pdf_of("<p>x</p>")
    assert sum(len(text) for text in texts_of_pdf(pdf)) < len(pdf) * 3
    assert inspection.FONTS
