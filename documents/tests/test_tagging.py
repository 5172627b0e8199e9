"""How each PDF is built: sound, tagged for screen readers, with its own fonts and nothing active."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from documents.audiences import Paper
from documents.layout import lay_out
from documents.press import Press
from documents.tests import samples

pytestmark = pytest.mark.renders
ACTIVE = ("/JavaScript", "/EmbeddedFiles")


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    made = Press()
    yield made
    made.stop()


@pytest.fixture(params=samples.all_of_them(), ids=lambda paper: paper.type_name())
def pdf(request: Any, press: Press) -> Iterator[pikepdf.Pdf]:
    paper: Paper = request.param
    with pikepdf.open(BytesIO(press.render(lay_out(paper)).pdf)) as opened:
        yield opened


def elements(node: Any) -> Iterator[Any]:
    """Every element of the structure tree."""
    for kid in (
        node.get("/K", []) if isinstance(node.get("/K"), pikepdf.Array) else [node.get("/K")]
    ):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def test_its_syntax_is_sound(pdf: pikepdf.Pdf) -> None:
    assert pdf.check_pdf_syntax() == []


def test_a_screen_reader_finds_language_title_and_structure(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root
    assert root.MarkInfo.Marked
    assert str(root.Lang) == "en-GB"
    assert root.ViewerPreferences.DisplayDocTitle
    kinds = {str(element.S) for element in elements(root.StructTreeRoot)}
    assert "/H1" in kinds
    assert "/P" in kinds
    assert all(str(page.Tabs) == "/S" for page in pdf.pages)


def test_a_table_has_heads(pdf: pikepdf.Pdf) -> None:
    for table in elements(pdf.Root.StructTreeRoot):
        if str(table.S) == "/Table":
            assert "/TH" in {str(cell.S) for cell in elements(table)}


def test_every_font_is_in_the_file(pdf: pikepdf.Pdf) -> None:
    described = [obj for obj in pdf.objects if is_kind(obj, "/FontDescriptor")]
    assert described
    for font in described:
        assert any(name in font for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def test_nothing_in_it_acts_or_is_attached(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.get("/Names", {})
    assert not any(name in names for name in ACTIVE)
    assert "/OpenAction" not in pdf.Root or "/JS" not in pdf.Root.OpenAction
    assert not [obj for obj in pdf.objects if is_kind(obj, "/Filespec")]
    assert len(pdf.attachments) == 0


def is_kind(obj: Any, name: str) -> bool:
    return isinstance(obj, pikepdf.Dictionary) and str(obj.get("/Type", "")) == name
