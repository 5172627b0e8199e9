"""Everything that is wrong with one submit is told at once, each thing at its own field."""

from datetime import timedelta

import pytest

from applications import forms as own_forms
from applications import lifecycle
from applications.content import content_of, hash_of
from applications.tests import factories
from applications.tests.factories import ALL_MET, DECLINE, PROCEED
from applications.tests.sending import api, page, send, send_condition, text_of
from casework import clock
from casework.errors import Refused, refuse_all

pytestmark = pytest.mark.django_db
NONE_SHOWN = {"acts_shown": False, "risk_shown": False, "necessary": False}
NONE_MET = {"acts_met": False, "risk_met": False, "necessity_met": False}
TOMORROW = clock.today() + timedelta(days=1)


def wrong(no: pytest.ExceptionInfo[Refused]) -> list[str | None]:
    return [field for field, _ in no.value.all]


def summary(response) -> str:
    return text_of(response).partition("govuk-error-summary__list")[2].partition("</ul>")[0]


def test_a_refusal_of_nothing_is_none_and_the_first_speaks_for_all():
    refuse_all([])
    with pytest.raises(Refused, match="First") as no:
        refuse_all([("one", "First"), (None, "Second")])
    assert no.value.field == "one"
    assert no.value.all == (("one", "First"), (None, "Second"))


def test_the_threshold_decision_names_every_ground_that_is_missing(client):
    request = factories.request()
    client.force_login(factories.officer())
    answer = send(
        client,
        page("decide_request", request),
        own_forms.DecideForm(),
        PROCEED | NONE_SHOWN,
    )
    assert answer.status_code == 422
    for field in NONE_SHOWN:
        assert f'href="#id_{field}"' in summary(answer)
    told = api(client, "decide_request", request, PROCEED | NONE_SHOWN)
    assert (told.status_code, {*told.json()["errors"]}) == (422, {*NONE_SHOWN})


@pytest.mark.parametrize(
    ("views", "fields"),
    [
        (NONE_MET, [*NONE_MET]),
        (dict.fromkeys(NONE_MET), [*NONE_MET]),
        (
            {"acts_met": False, "acts_reason": "", "risk_reason": " "},
            ["acts_met", "acts_reason", "risk_reason"],
        ),
    ],
)
def test_authority_names_every_ground_that_is_missing(client, views, fields):
    application = factories.submitted()
    client.force_login(factories.superintendent())
    seen = hash_of(content_of(application))
    given = ALL_MET | views | {"decision": "given", "seen_hash": seen}
    answer = send(client, page("authority", application), own_forms.AuthorityForm(), given)
    assert answer.status_code == 422
    for field in fields:
        assert f'href="#id_{field}"' in summary(answer)


def test_a_refused_authority_names_every_ground_without_answer_or_reason():
    application = factories.submitted()
    empty = dict.fromkeys(NONE_MET) | dict.fromkeys(("acts_reason", "risk_reason"), "")
    with pytest.raises(Refused) as no:
        lifecycle.refuse_authority(
            application,
            by=factories.superintendent(),
            seen_hash=hash_of(content_of(application)),
            **(ALL_MET | empty),
        )
    assert wrong(no) == [*NONE_MET, "acts_reason", "risk_reason"]


def test_a_decline_names_all_that_it_needs():
    declined = DECLINE | {
        "decline_reason": "",
        "told_requester": "",
        "look_again_on": clock.today(),
    }
    with pytest.raises(Refused) as no:
        lifecycle.decide_request(factories.request(), by=factories.officer(), **declined)
    assert wrong(no) == ["decline_reason", "told_requester", "look_again_on"]


def test_a_draft_that_is_sent_too_early_names_every_part():
    application, officer = factories.draft(), factories.officer()
    with pytest.raises(Refused) as no:
        lifecycle.submit_for_authority(application, by=officer)
    assert {"subject", "protected", "acts", "risk", "necessity", "conditions"} <= {*wrong(no)}


def test_an_act_a_condition_and_a_hearing_name_all_their_fields(client):
    officer = factories.officer()
    client.force_login(officer)
    application = factories.draft()
    factories.protected(application)
    with pytest.raises(Refused) as no:
        factories.act(application, from_on=TOMORROW, until_on=clock.today())
    assert wrong(no) == ["from_on", "until_on"]
    condition = factories.condition(application, library_code="P04", slots={})
    words = {"distance": "near", "clash": "bail", "own_last_day": clock.today()}
    answer = send_condition(client, condition, words)
    for field in ("distance", "own_last_day", "clash_note"):
        assert f'href="#id_{field}' in summary(answer), field
    lodged = factories.lodged()
    with pytest.raises(Refused) as no:
        factories.hearing(
            lodged,
            starts_at=factories.earlier(60),
            notice_given=False,
            late_reason=" ",
        )
    assert wrong(no) == ["starts_at", "no_notice_reason"]


def test_a_request_that_nobody_asked_in_the_future_says_both():
    with pytest.raises(Refused) as no:
        factories.request(asker_name=" ", asked_at=clock.now() + timedelta(hours=1))
    assert wrong(no) == ["asker_name", "asked_at"]


def test_texts_that_are_too_long_are_named_together():
    with pytest.raises(Refused) as no:
        factories.request(concerns="x" * 8001, crime_reference="x" * 41)
    assert {*wrong(no)} == {"concerns", "crime_reference"}
