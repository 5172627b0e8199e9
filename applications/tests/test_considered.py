"""s2(3): papers say of religion, work and education what somebody answered, and never more."""

import pytest

from applications import checks, lifecycle
from applications.considering import considered
from applications.documents import ApplicationForCourt
from applications.models import ProposedCondition
from applications.tests import factories
from applications.tests.sending import api, page, send_condition, text_of
from applications.views.told import told_of
from casework import clock
from documents.layout import lay_out
from law.findings import Weight

pytestmark = pytest.mark.django_db
NAMES = ("conflicts_with_religion", "interferes_with_work", "interferes_with_education")
WORK = "interfere with the times at which the defendant normally works"
SCHOOL = "interfere with the times at which the defendant attends education"
FAITH = "conflict with the defendant’s religious beliefs"


@pytest.fixture
def officer(client):
    user = factories.officer()
    client.force_login(user)
    return user


def found(condition):
    beside = checks.Beside.of(condition.application, today=clock.today())
    return {f.field: f.weight for f in checks.condition_findings(condition, beside)}


@pytest.mark.parametrize(
    ("answers", "note", "said"),
    [
        (
            (None, None, None),
            "A note without an answer",
            f"Not yet considered: whether it would {FAITH}, {WORK} or {SCHOOL}.",
        ),
        (
            (False, False, False),
            "",
            f"The applicant finds that it does not {FAITH}, {WORK} or {SCHOOL}.",
        ),
        (
            (False, True, None),
            "He may pass by the road to his work",
            f"It does {WORK}. He may pass by the road to his work. "
            f"The applicant finds that it does not {FAITH}. "
            f"Not yet considered: whether it would {SCHOOL}.",
        ),
        (
            (True, True, False),
            "",
            f"It does {FAITH} and {WORK}. The applicant finds that it does not {SCHOOL}.",
        ),
    ],
)
def test_each_answer_is_said_as_it_was_given(answers, note, said):
    condition = ProposedCondition(
        **dict(zip(NAMES, answers, strict=True)), interference_note=note, checks_note="Police only"
    )
    assert considered(condition) == said
    assert dict(told_of(condition))["Religion, work, education"] == said


def test_a_clash_with_an_order_and_what_was_looked_at_are_no_answer_to_it(officer):
    application = factories.complete_draft()
    condition = application.conditions.get()
    lifecycle.edit_condition(
        condition,
        by=officer,
        **dict.fromkeys(NAMES),
        checks_note="Asked his employer",
        clash="bail",
        clash_note="Bail has him live there",
    )
    paper = lay_out(ApplicationForCourt.of(application))
    assert "Not yet considered: whether it would" in paper
    assert "allow for what was found" not in paper
    assert "no conflict found" not in paper
    assert "Asked his employer" not in paper


def test_what_nobody_answered_warns_before_sending_and_an_interference_without_its_why(
    client, officer
):
    application = factories.complete_draft()
    condition = application.conditions.get()
    assert not {*NAMES} & {*found(condition)}
    answer = send_condition(
        client, condition, {"interferes_with_work": True, "discloses_location": False}
    )
    assert answer.status_code == 302
    condition.refresh_from_db()
    assert {field: found(condition).get(field) for field in NAMES} == dict.fromkeys(
        NAMES, Weight.WARN
    )
    sent = text_of(client.get(page("submit", application)))
    assert "Say whether this condition conflicts with" in sent
    assert "mend it, or say why that is not practicable" in sent
    body = {"interference_note": "He may pass by the road", "interferes_with_work": True}
    assert api(client, "edit_condition", condition, body).status_code == 200
    condition.refresh_from_db()
    assert "interferes_with_work" not in found(condition)


def test_the_page_asks_with_nothing_selected_and_keeps_what_was_answered(client, officer):
    application = factories.draft()
    factories.protected(application)
    condition = factories.condition(application, **dict.fromkeys(NAMES))
    shown = text_of(client.get(page("edit_condition", condition)))
    for name in NAMES:
        assert f'name="{name}"' in shown
        assert "checked" not in shown.split(f'name="{name}"')[1][:60]
    lifecycle.edit_condition(condition, by=officer, interferes_with_education=False)
    shown = text_of(client.get(page("edit_condition", condition)))
    assert 'name="interferes_with_education" type="radio" value="no" checked' in shown
