"""The acknowledgement, s10(4)(a), says back to him what he said: it never answers a guess of his."""

from dataclasses import fields, is_dataclass, replace

import pytest
from django.db import transaction

from alerts.models import Alert
from applications.tests import factories as applications
from casework.models import PROTECTED_ROLES, Case
from documents import making
from documents.audiences import PAPERS, Paper
from documents.inspection import texts_of_html
from documents.layout import lay_out
from documents.models import Document
from documents.scan import Leak, Vault, gives_away_now, require_silent
from documents.tests import samples
from notifications.documents import AcknowledgementForSubject
from notifications.models import Duty
from notifications.tests import factories
from orders.tests import factories as orders
from people.models import Confidential
from people.tests import factories as people

pytestmark = pytest.mark.django_db
HERS = "41 Zelkova Lane, Canaryford, ZZ4 1QZ"
OWN = ("names", "address", "excuse")


def keep(case: Case, kind: str = Confidential.Kind.HOME, text: str = HERS) -> None:
    person = case.parties.get(role__in=PROTECTED_ROLES).person
    people.confidential(person, applications.officer(case.force), kind, text)


@pytest.fixture
def duty() -> Duty:
    found = factories.duty(orders.served())
    keep(found.case)
    return found


def paper_of(duty: Duty) -> Document:
    return Document.objects.get(case=duty.case, kind="acknowledgement", superseded_at=None)


@pytest.mark.renders
def test_the_paper_is_made_and_those_who_may_know_are_told(duty: Duty) -> None:
    factories.attended(
        duty,
        address_given=HERS,
        names_given="Siôn Mockford\nSi of Zelkova Lane",
        excuse="I was at 41 Zelkova Ln when the officer came",
    )
    making.make(paper_of(duty).pk)
    paper = paper_of(duty)
    assert (paper.status, paper.problem) == (Document.Status.MADE, "")
    assert "41 Zelkova Lane" in paper.html
    assert not gives_away_now(paper), "nor is it stopped when it is fetched"
    assert not Alert.objects.filter(kind="document_blocked").exists()
    alert = Alert.objects.get(kind="protected_address")
    assert alert.recipients == "officer,role:stalking_lead"
    assert "elkova" not in alert.title + alert.path


@pytest.mark.parametrize("facts", [{"names_given": "Zelkova Lane"}, {"excuse": "Zelkova Lane"}])
def test_her_place_in_his_other_words_is_told_too(duty: Duty, facts: dict[str, str]) -> None:
    factories.attended(duty, **facts)
    assert Alert.objects.filter(kind="protected_address").count() == 1


def planted(data: AcknowledgementForSubject, text: str) -> dict[str, Paper]:
    """The same facts with the text put into one field after another."""
    found: dict[str, Paper] = {}
    for field in fields(data):
        value = getattr(data, field.name)
        assert not is_dataclass(value)
        if isinstance(value, str):
            found[field.name] = replace(data, **{field.name: f"{value} {text}"})
        elif isinstance(value, tuple):
            found[field.name] = replace(data, **{field.name: (f"{value[0]} {text}",)})
    return found


def stopped(data: Paper, case: Case) -> bool:
    own = [*data.names, data.address, data.excuse]  # type: ignore[attr-defined]
    return Vault(case).given_away_by(texts_of_html(lay_out(data)), but=own)


def test_all_its_other_text_is_searched_as_before(duty: Duty) -> None:
    reached = set()
    for name, data in planted(samples.acknowledgement(), "41 Zelkova Lane").items():
        if "elkova" in lay_out(data):
            reached.add(name)
            assert stopped(data, duty.case) is (name not in OWN), name
    assert set(OWN) < reached
    assert len(reached) > len(OWN) + 5


@pytest.mark.renders
def test_what_he_said_does_not_open_the_rest_of_the_paper(duty: Duty) -> None:
    """A station in her street is not said back to him because he said the street himself."""
    data = samples.acknowledgement(address=HERS, station="Zelkova Lane police station")
    html = lay_out(data)
    pdf = making.PRESS.render(html).pdf
    with pytest.raises(Leak):
        require_silent(data, duty.case, html, pdf)


def test_no_other_paper_says_anything_back() -> None:
    assert AcknowledgementForSubject.readers_own == OWN
    others = set(PAPERS.values()) - {AcknowledgementForSubject}
    assert not [paper for paper in others if paper.readers_own]


def test_a_door_of_another_case_is_no_answer_either(duty: Duty) -> None:
    """What another case keeps is found by its door and postcode together; said back, it is not."""
    other = applications.complete_draft().case
    keep(other, text="7 Quincunx Row, Canaryford, ZZ9 8QX")
    said = "7 Quincunx Row, ZZ9 8QX"
    against_him(other, duty)
    assert not stopped(samples.acknowledgement(address=said), duty.case)
    assert stopped(samples.acknowledgement(identity_check=said), duty.case)


def against_him(case: Case, duty: Duty) -> None:
    """As if the other case were against the same subject."""
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(subject=duty.case.subject)
