"""What a document may be made of, and that its facts survive as JSON."""

import json
from dataclasses import dataclass, is_dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, get_args, get_type_hints

import pytest
from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from jinja2.meta import find_undeclared_variables
from markupsafe import Markup

from casework.models import Case
from documents import audiences, layout
from documents.audiences import PAPERS, ForSubject, Paper, require_plain
from documents.models import Document
from documents.snapshots import from_snapshot, to_snapshot
from documents.tests import samples


class Colour(StrEnum):
    RED = "red"


@dataclass
class Loose:
    text: str


@pytest.mark.parametrize(
    "value",
    [
        Case(),
        Case.objects.all(),
        HttpRequest(),
        [],
        {},
        {"text"},
        Markup("<b>"),
        Colour.RED,
        b"bytes",
        1.5,
        Loose("it"),
        datetime(2026, 9, 2, 10, 40),  # noqa: DTZ001 - the naive one is what is refused
        ("fine", Case()),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_document_takes_only_plain_values(value: Any) -> None:
    with pytest.raises(TypeError, match="reference"):
        samples.order(reference=value)


def test_a_value_inside_a_part_is_looked_at_too() -> None:
    part = replace(samples.order().conditions[0], text=Case())  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"conditions\.text"):
        samples.order(conditions=(part,))


@pytest.mark.parametrize("paper", samples.all_of_them(), ids=lambda paper: paper.type_name())
def test_facts_survive_as_json(paper: Paper) -> None:
    assert from_snapshot(json.loads(json.dumps(to_snapshot(paper)))) == paper


def test_a_snapshot_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        from_snapshot({"type": "subject/nothing", "data": {}})


def test_two_kinds_cannot_have_one_name() -> None:
    with pytest.raises(TypeError, match="already"):
        type("Other", (ForSubject,), {"kind": "order"})


def test_every_audience_is_a_type_and_only_two_may_tell_where_somebody_is() -> None:
    kinds = {
        kind.audience: kind.confidential
        for kind in vars(audiences).values()
        if isinstance(kind, type) and issubclass(kind, Paper) and kind is not Paper
    }
    assert set(kinds) == set(Document.Audience.values)
    assert {a for a, confidential in kinds.items() if confidential} == {
        Document.Audience.POLICE,
        Document.Audience.COURT_CONFIDENTIAL,
    }


def real_papers() -> list[type[Paper]]:
    return [paper for paper in PAPERS.values() if ".tests." not in paper.__module__]


@pytest.mark.parametrize("paper", real_papers(), ids=lambda paper: paper.type_name())
def test_every_kind_says_what_it_is_of_and_has_its_template(paper: type[Paper]) -> None:
    assert paper.name
    assert apps.get_model(paper.about)
    source = (settings.BASE_DIR / "templates" / paper.template()).read_text()
    macros = set(vars(layout.TEMPLATES.get_template("pdf/macros.html").module))
    assert find_undeclared_variables(layout.TEMPLATES.parse(source)) - macros <= {"doc"}


def test_templates_of_documents_escape_everything_and_reach_for_nothing() -> None:
    assert layout.TEMPLATES.globals == {}
    for path in (settings.BASE_DIR / "templates" / "pdf").rglob("*.html"):
        text = path.read_text()
        assert "|safe" not in text.replace(" ", ""), path
        assert "autoescape" not in text, path
        for forbidden in ("<script", "http:", "https:", "url(", "request", "settings"):
            assert forbidden not in text, f"{path}: {forbidden}"


def test_what_people_typed_is_text_and_never_markup() -> None:
    html = layout.lay_out(samples.application(risk="<script>alert(1)</script> <b>x</b>"))
    assert "<script" not in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html


@pytest.mark.parametrize("paper", samples.all_of_them(), ids=lambda paper: paper.type_name())
def test_the_title_of_the_file_names_nobody(paper: Paper) -> None:
    title = layout.lay_out(paper).partition("<title>")[2].partition("</title>")[0]
    assert paper.reference in title
    for name in ("Mockford", "Testwood", "Ms A"):
        assert name not in title


def test_the_version_of_a_form_changes_with_anything_that_it_is_built_of() -> None:
    versions = {layout.template_version(paper.template()) for paper in samples.all_of_them()}
    assert len(versions) == len(samples.all_of_them())
    loader = layout.TEMPLATES.loader
    before = layout.template_version("pdf/subject/order.html")
    real = loader.get_source  # type: ignore[union-attr]

    def changed(environment: Any, name: str) -> Any:
        source, path, fresh = real(environment, name)
        return (source + " " if name == "pdf/paper.css" else source), path, fresh

    layout.template_version.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "get_source", changed)
        assert layout.template_version("pdf/subject/order.html") != before
    layout.template_version.cache_clear()


def test_a_moment_is_london_time() -> None:
    assert (
        layout.moment(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "Wednesday 1 July 2026 at 23:30"
    )
    assert (
        layout.moment(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "Thursday 2 July 2026 at 00:30"
    )


def test_plain_means_frozen() -> None:
    require_plain(("text", 1, True, None), "facts")
    with pytest.raises(TypeError, match="Freeze"):
        require_plain(Loose("it"), "facts")


POLICE_ONLY = {"monitoring", "checks_note", "clash_note", "warnings", "safe_contact", "victim_view"}


def names_in(kind: Any) -> set[str]:
    """The fields of a paper and of its parts, at every depth."""
    found: set[str] = set()
    for name, hint in get_type_hints(kind).items():
        parts = [part for part in (hint, *get_args(hint)) if is_dataclass(part)]
        found |= {name}.union(*map(names_in, parts))
    return found


@pytest.mark.parametrize(
    "paper",
    [paper for paper in PAPERS.values() if not paper.confidential],
    ids=lambda p: p.type_name(),
)
def test_no_paper_that_may_reach_him_has_a_field_for_how_he_is_watched(paper: type[Paper]) -> None:
    assert names_in(paper) & POLICE_ONLY == set()
