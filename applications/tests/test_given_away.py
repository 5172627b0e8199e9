"""What the subject will read gives no confidential place away: said at the field, and before sending."""

import pytest

from accounts.tests.factories import force
from applications import checks, lifecycle
from applications.models import StalkingAct
from applications.tests import factories
from casework import clock
from casework.errors import Refused
from documents import actions as documents
from documents.scan import LEAKS
from people import actions as people
from people.tests.factories import HOME

pytestmark = pytest.mark.django_db
AT_HOME = "Outside 14 Ffug Rd, Testham"


@pytest.fixture
def officer():
    return factories.officer()


def protected_person(application):
    return application.case.parties.get().person


def held_later(application, officer, text="The Sample Arms, Testham"):
    """The force learns, after it was written, that a place in it is confidential."""
    people.keep_confidential(protected_person(application), by=officer, kind="work", text=text)


def test_a_place_of_an_act_is_refused_at_its_field(officer):
    application = factories.draft(by=officer)
    factories.protected(application, by=officer)
    with pytest.raises(Refused) as no:
        factories.act(application, by=officer, place=AT_HOME)
    assert no.value.field == "place"
    assert "At the place of work" in str(no.value)
    assert not StalkingAct.objects.exists()


@pytest.mark.parametrize("field", ["place", "description", "exhibit"])
def test_a_changed_act_is_refused_and_stays_as_it_was(officer, field):
    application = factories.draft(by=officer)
    factories.protected(application, by=officer)
    act = factories.act(application, by=officer)
    with pytest.raises(Refused) as no:
        lifecycle.edit_act(act, by=officer, **{field: HOME})
    assert no.value.field == field
    assert HOME not in getattr(StalkingAct.objects.get(), field)


@pytest.mark.parametrize(
    ("section", "field"),
    [
        ("risk", "risk"),
        ("necessity", "necessity"),
        ("area", "area_reason"),
        ("consultation", "victim_view"),
        ("other_orders", "other_orders"),
        ("duration", "interim_reason"),
    ],
)
def test_a_part_is_refused_at_its_field(officer, section, field):
    application = factories.draft(by=officer)
    factories.protected(application, by=officer)
    with pytest.raises(Refused) as no:
        lifecycle.save_section(
            application, by=officer, section=section, **{field: f"He waits at {HOME}."}
        )
    assert no.value.field == field
    application.refresh_from_db()
    assert getattr(application, field) == ""


def test_what_becomes_confidential_later_is_in_the_way_of_sending(officer):
    application = factories.complete_draft(by=officer)
    act = factories.act(application, by=officer, place="The Sample Arms")
    assert checks.obstacles(application, today=clock.today()) == []
    held_later(application, officer)
    (obstacle,) = checks.obstacles(application, today=clock.today())
    assert (obstacle.section, obstacle.act, obstacle.finding.field) == ("acts", act, "place")
    with pytest.raises(Refused) as no:
        lifecycle.submit_for_authority(application, by=officer)
    assert no.value.field == "acts"


@pytest.mark.parametrize(
    "field", ["necessity", "evidence", "monitoring", "interference_note", "checks_note"]
)
def test_why_a_condition_is_needed_is_read_by_the_subject_too(officer, field):
    application = factories.complete_draft(by=officer)
    condition = application.conditions.get()
    lifecycle.edit_condition(condition, by=officer, **{field: f"He came to {HOME}."})
    found = checks.obstacles(application, today=clock.today())
    assert [(o.section, o.finding.field) for o in found] == [("conditions", field)]


def test_authority_is_not_given_to_what_gives_a_place_away(officer, client):
    application = factories.complete_draft(by=officer)
    factories.act(application, by=officer, place="The Sample Arms")
    lifecycle.submit_for_authority(application, by=officer)
    boss = factories.superintendent(force())
    client.force_login(boss)
    page = f"/applications/{application.pk}/authority/"
    before = client.get(page).content.decode()
    assert 'value="given"' in before
    assert "The Sample Arms" in before
    held_later(application, officer)
    with pytest.raises(Refused) as no:
        factories.authority(application, by=boss)
    assert no.value.field == "decision"
    after = client.get(page).content.decode()
    assert 'value="given"' not in after
    assert "It cannot be authorised" in after


def test_a_stopped_paper_is_told_to_the_superintendent(officer, client):
    application = factories.submitted(by=officer)
    paper = application.case.documents.get()
    documents.stop(paper, LEAKS)
    boss = factories.superintendent(force())
    client.force_login(boss)
    text = client.get(f"/applications/{application.pk}/authority/").content.decode()
    assert "Stopped" in text
    assert 'value="given"' not in text
    with pytest.raises(Refused):
        factories.authority(application, by=boss)


def test_the_pages_name_the_place_and_lead_to_it(officer, client):
    application = factories.complete_draft(by=officer)
    act = factories.act(application, by=officer, place="The Sample Arms", online=True)
    client.force_login(officer)
    answers = client.get(f"/applications/{application.pk}/submit/").content.decode()
    assert "online, The Sample Arms" in answers
    held_later(application, officer)
    overview = client.get(f"/applications/{application.case_id}/").content.decode()
    assert f'href="/applications/acts/{act.pk}/edit-act/">The act of' in overview
    assert "To mend" in overview
