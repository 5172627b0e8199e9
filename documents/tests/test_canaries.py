"""A case whose every confidential field is a canary: no document of any audience may sing."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from io import StringIO
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.core.management import CommandError, call_command

from applications.documents import DraftOrderForCourt
from applications.tests import factories as applications
from casework.models import PROTECTED_ROLES, Case
from documents.audiences import PAPERS, Paper
from documents.inspection import texts_of_html, texts_of_pdf
from documents.layout import lay_out
from documents.models import Document
from documents.press import PRESS
from documents.queries import possible
from documents.scan import Leak, Vault, require_silent
from documents.tests import factories, samples
from notifications.tests import factories as notifications
from orders.tests import factories as orders
from people.models import Confidential
from people.tests import factories as people

K = Confidential.Kind
VAULT = {
    K.HOME: "Flat 3, 41 Zelkova Lane, Canaryford, ZZ4 1QZ",
    K.WORK: "Quillfeather Bakery, Ostrich Road, Canaryford",
    K.SCHOOL: "Pangolin Primary School, Lemur Rd, Canaryford",
    K.PHONE: "07700 900461",
    K.EMAIL: "zq.canary@example.test",
    K.VEHICLE: "ZQ41 XYZ",
    K.OTHER: "Thistledown Choir",
}
# Any of these anywhere is a leak. Not made by the code that searches.
CANARIES = (
    b"zelkova", b"canaryford", b"zz4 1qz", b"zz41qz", b"quillfeather", b"ostrich", b"pangolin",
    b"lemur", b"900461", b"900 461", b"zq.canary", b"zq41", b"thistledown",
)  # fmt: skip
SPELLINGS = {
    K.HOME: ("41 Zelkova Ln", "ZELKOVA LANE", "zz41qz", "Zelk\u00f3va-Lane"),
    K.WORK: ("Quillfeather Bakery", "ostrich rd", "quillfeatherbakery"),
    K.SCHOOL: ("pangolin primary school", "Pangolin Primary-School", "Lemur Road"),
    K.PHONE: ("+44 7700 900461", "0044 (0) 7700 900 461", "07700-900-461", "7700900461"),
    K.EMAIL: ("ZQ.Canary@Example.Test", "zq.canary @ example.test"),
    K.VEHICLE: ("zq41xyz", "ZQ41-XYZ"),
    K.OTHER: ("the thistledown choir",),
}
PLANTED = [(kind, text) for kind, texts in SPELLINGS.items() for text in texts]
pytestmark = [pytest.mark.django_db, pytest.mark.renders]


def with_canaries(case: Case) -> Case:
    """Everything confidential that can be kept about the protected person of this case."""
    party = case.parties.get(role__in=PROTECTED_ROLES)
    for kind, text in VAULT.items():
        people.confidential(party.person, applications.officer(case.force), kind, text)
    return case


@pytest.fixture(scope="module")
def whole_case(shared: None) -> Case:
    """From the draft to the attendance, so that every kind of document exists."""
    order = orders.served(kind="interim")
    notifications.attended(notifications.duty(order))
    return with_canaries(order.case)


def heard_in(*texts: str | bytes) -> list[bytes]:
    said = b"\n".join(t.encode() if isinstance(t, str) else t for t in texts).lower()
    return [canary for canary in CANARIES if canary in said]


def test_no_document_of_the_case_tells_anything(whole_case: Case, tmp_path: Path) -> None:
    ones = list(possible(whole_case))
    own = {name for name, paper in PAPERS.items() if ".tests." not in paper.__module__}
    assert {one.paper.type_name() for one in ones} == own
    for one in ones:
        data = one.paper.of(one.record)
        html = lay_out(data)
        pdf = PRESS.render(html).pdf
        require_silent(data, whole_case, html, pdf)
        assert heard_in(html, pdf, *texts_of_pdf(pdf), data.title, one.label) == []
    call_command("render_all", case=whole_case.reference, out=tmp_path, verbosity=0)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 2 * len(ones)
    assert heard_in(*(str(path) for path in files), *(path.read_bytes() for path in files)) == []


def test_what_the_acts_themselves_asked_for_is_silent_too(whole_case: Case) -> None:
    documents = Document.objects.filter(case=whole_case)
    assert {d.kind for d in documents} >= {"application", "draft_order", "order", "acknowledgement"}
    assert heard_in(*(str(d.snapshot) + d.title for d in documents)) == []


@pytest.fixture(scope="module")
def drafted(shared: None) -> Case:
    return with_canaries(applications.complete_draft().case)


@pytest.fixture
def case(drafted: Case) -> Case:
    return Case.objects.get(pk=drafted.pk)


def leaks(data: Paper, case: Case) -> bool:
    return Vault(case).given_away_by(texts_of_html(lay_out(data)))


@pytest.mark.parametrize(("kind", "text"), PLANTED, ids=[text for _, text in PLANTED])
def test_a_planted_canary_is_found_however_it_is_spelt(case: Case, kind: K, text: str) -> None:
    assert kind in VAULT
    assert leaks(samples.application(risk=f"He knows of {text} and goes there."), case)


def test_without_a_canary_nothing_is_found(case: Case) -> None:
    for data in samples.all_of_them():
        assert not leaks(data, case)


def planted(data: Any, text: str) -> Iterator[tuple[str, Any]]:
    """The same facts with the text put into one text field after another, at every depth."""
    for field in fields(data):
        value = getattr(data, field.name)
        if isinstance(value, str):
            yield field.name, replace(data, **{field.name: f"{value} {text}"})
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            for name, part in planted(value[0], text):
                yield f"{field.name}.{name}", replace(data, **{field.name: (part, *value[1:])})
        elif isinstance(value, tuple) and value:
            yield field.name, replace(data, **{field.name: (f"{value[0]} {text}", *value[1:])})


@pytest.mark.parametrize("data", samples.all_of_them(), ids=lambda data: data.type_name())
def test_no_field_is_a_way_round_the_search(case: Case, data: Paper) -> None:
    """Wherever a canary reaches the document, it is found; most fields do reach it."""
    reached = 0
    for name, leaking in planted(data, "41 Zelkova Lane"):
        if "elkova" in lay_out(leaking):
            reached += 1
            assert leaks(leaking, case), name
    assert reached >= 8


@pytest.mark.parametrize("audience", Document.Audience.values)
def test_every_audience_is_searched_but_the_two_that_may_know(case: Case, audience: str) -> None:
    data = copy_for(audience)
    html = lay_out(data)
    pdf = PRESS.render(html).pdf
    assert heard_in(*texts_of_pdf(pdf)) != []
    if audience in (Document.Audience.POLICE, Document.Audience.COURT_CONFIDENTIAL):
        require_silent(data, case, html, pdf)
    else:
        with pytest.raises(Leak) as stopped:
            require_silent(data, case, html, pdf)
        assert heard_in(str(stopped.value)) == []


def copy_for(audience: str) -> Paper:
    """The draft order with a leak in it, as if it were written for this audience."""
    confidential = next(p.confidential for p in audiences() if p.audience == audience)

    class Leaking(DraftOrderForCourt):
        kind: ClassVar[str] = f"leaking_{audience}"
        about: ClassVar[str] = ""

        @classmethod
        def template(cls) -> str:
            return DraftOrderForCourt.template()

    Leaking.audience, Leaking.confidential = audience, confidential  # type: ignore[misc]
    told = samples.draft_order()
    first = replace(told.conditions[0], text="You must not go to 41 Zelkova Lane.")
    given = {field.name: getattr(told, field.name) for field in fields(told)}
    return Leaking(**(given | {"conditions": (first,)}))


def audiences() -> list[type[Paper]]:
    return [paper for paper in Paper.__subclasses__() if paper.audience]


def test_the_pdf_is_searched_by_itself(case: Case) -> None:
    """The HTML may be clean where the pages are not: the two searches do not lean on each other."""
    clean, leaking = samples.order(), samples.order(help_phone="07700 900461")
    pdf = PRESS.render(lay_out(leaking)).pdf
    with pytest.raises(Leak):
        require_silent(clean, case, lay_out(clean), pdf)
    with pytest.raises(Leak):
        require_silent(clean, case, lay_out(leaking), PRESS.render(lay_out(clean)).pdf)


def test_a_case_nobody_has_kept_anything_about_is_silent() -> None:
    case = factories.case()
    for data in samples.all_of_them():
        assert not leaks(data, case)


def test_the_command_stops_what_leaks_and_says_so(case: Case, tmp_path: Path) -> None:
    application = case.applications.get()
    applications.act(application, description="He stood at the Quibble Arms until she came home.")
    person = case.parties.first().person
    people.confidential(person, applications.officer(), "work", "Quibble Arms")
    with pytest.raises(CommandError, match="1 of the documents were stopped"):
        call_command("render_all", case=case.reference, out=tmp_path, stderr=StringIO())
    names = {path.name for path in tmp_path.rglob("*.pdf")}
    assert names
    assert not [name for name in names if name.endswith("-application.pdf")]


def test_the_command_wants_a_case_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no single case"):
        call_command("render_all", case="XX-99-0001", out=tmp_path)
