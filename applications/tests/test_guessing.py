"""What a refusal answers about a hidden place is noted, told to somebody, and ended."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts
from alerts import addressing, rooms
from alerts.models import Alert
from applications import lifecycle, tasks
from applications.lifecycle.guessing import ALARM_AFTER
from applications.models import Application
from applications.tests import factories
from audit import looks
from audit.models import Entry
from casework import guessing
from casework.errors import Refused
from casework.guessing import MOST
from casework.tests.browsing import fill
from documents.scan import Vault
from people.tests import factories as people

pytestmark = pytest.mark.django_db
HERS = "Zelkova House, 41 Zelkova Lane, Canaryford, ZZ4 1QZ"
GUESS = "He waited in Zelkova Lane until she came home."
PLAIN = "He waited until she came home."


@pytest.fixture
def officer() -> User:
    return factories.officer()


@pytest.fixture
def draft(officer: User) -> Application:
    """An application in whose case somebody's home is kept confidential."""
    application = factories.draft()
    people.confidential(factories.protected(application).person, officer, "home", HERS)
    return application


def write(client: Client, application: Application, risk: str) -> Any:
    address = reverse("applications:risk", kwargs={"pk": application.pk})
    return fill(client, address, {"risk": risk})


def noted(user: User) -> int:
    return Entry.objects.filter(kind="look", verb="given_away", actor=user.username).count()


def guess(client: Client, application: Application, times: int) -> None:
    for _ in range(times):
        assert write(client, application, GUESS).status_code == 422


def test_each_refusal_is_a_look_and_says_the_field_alone(
    client: Client, draft: Application, officer: User
) -> None:
    client.force_login(officer)
    page = write(client, draft, GUESS).content.decode()
    assert "give away a confidential place or detail" in page
    assert 'href="#id_risk"' in page
    assert "Zelkova House" not in page
    assert "Canaryford" not in page
    look = Entry.objects.get(verb="given_away")
    assert (look.actor, look.case_id) == (officer.username, draft.case_id)
    assert "Zelkova" not in str(look.details)
    assert write(client, draft, PLAIN).status_code == 302
    assert noted(officer) == 1


def test_a_condition_that_is_saved_with_a_finding_is_noted_too(
    draft: Application, officer: User
) -> None:
    with looks.noting() as found:
        condition = factories.condition(draft, library_code="", slots=None, text=f"No. {GUESS}")
        lifecycle.edit_condition(condition, by=officer, text="You must not write to her.")
    assert [look.verb for look in found] == ["given_away"]


def test_many_in_an_hour_are_told_to_who_watches(
    client: Client, draft: Application, officer: User
) -> None:
    standards, lead = accounts.user(Role.PROFESSIONAL_STANDARDS), factories.lead()
    client.force_login(officer)
    guess(client, draft, ALARM_AFTER - 1)
    rooms.take(tasks.GUESSED)
    assert not Alert.objects.filter(kind="words_refused").exists()
    guess(client, draft, 1)
    assert (rooms.take(tasks.GUESSED), rooms.take(tasks.GUESSED)) == (1, 0), "once a day"
    addressing.run()
    alert = Alert.objects.get(kind="words_refused")
    assert {message.user for message in alert.messages.all()} == {standards}
    assert lead not in {message.user for message in alert.messages.all()}
    assert "Zelkova" not in alert.title
    client.force_login(standards)
    assert "give a confidential detail away" in client.get(alert.path).content.decode()


def test_nobody_asks_for_ever(client: Client, draft: Application, officer: User) -> None:
    client.force_login(officer)
    guess(client, draft, MOST)
    for words in (PLAIN, GUESS):
        answer = write(client, draft, words)
        assert answer.status_code == 422
        assert "Too many of your words were refused" in answer.content.decode()
    assert noted(officer) == MOST, "what is not looked at answers nothing"
    for act in (lambda: factories.act(draft), lambda: factories.condition(draft)):
        with pytest.raises(Refused, match="Too many"):
            act()


def test_what_was_refused_an_hour_ago_is_forgiven(
    draft: Application, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = [looks.Look("given_away", "applications.application", str(n)) for n in range(MOST)]
    looks.save(seen, actor=officer.username, path="/", status=422)
    with pytest.raises(Refused, match="Too many"):
        lifecycle.save_section(draft, by=officer, section="risk", risk=PLAIN)
    monkeypatch.setattr(guessing, "WITHIN", timedelta())  # as if it were later
    lifecycle.save_section(draft, by=officer, section="risk", risk=PLAIN)


def test_papers_of_one_case_tell_no_more_of_another_than_its_very_door(officer: User) -> None:
    """Whoever types streets into the own case learns by no answer that somebody lives there."""
    mine, other = factories.complete_draft().case, factories.complete_draft().case
    people.confidential(other.parties.get().person, officer, "home", HERS)
    words = ["You must not go to 41 Zelkova Lane, ZZ4 1QZ."]
    assert Vault(mine).given_away_by(words), "he may be recorded twice, and stalk her as well"
    for guess in ("You must not enter Zelkova Lane.", "You must not go to 41 Zelkova Lane."):
        assert not Vault(mine).given_away_by([guess])
