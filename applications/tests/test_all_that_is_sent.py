"""What is authorised, and what is sent, is on the page: nothing that the hash covers is left out."""

from datetime import date, time, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from applications import checks
from applications.content import (
    ACT_FACTS,
    CONDITION_FACTS,
    FACTS,
    SUBJECT_FACTS,
    Content,
    content_of,
)
from applications.models import Application, ProposedCondition, StalkingAct
from applications.tests import factories
from applications.tests.sending import page, text_of
from casework import clock
from law.periods import written
from people import actions as people

pytestmark = pytest.mark.django_db
CODES = {"kind", "area_limb", "risk_level", "consulted", "criminal_case", "clash"}
IN_WORDS = {
    "duration": "Until the end of",
    "interim_sought": "Asked for",
    "notice_given": "without notice",
    "online": "online",
    "conflicts_with_religion": "religious beliefs",
    "interferes_with_work": "normally works",
    "interferes_with_education": "attends education",
}


@pytest.fixture
def full() -> Application:
    """A draft in which every text is filled with words of its own."""
    officer = factories.officer()
    application = factories.complete_draft(by=officer)
    subject = application.case.subject
    assert subject
    people.add_name(subject, by=officer, kind="alias", text="Shonny Mockford")
    people.add_address(subject, by=officer, lines="1 Sample Street, Testham")
    fill(application, FACTS, notice_given=False)
    for act in application.acts.all():
        fill(
            act, ACT_FACTS, until_on=act.from_on + timedelta(days=1), time=time(17, 5), online=True
        )
    for condition in application.conditions.all():
        last = date(2030, 3, 4)
        fill(condition, CONDITION_FACTS, own_last_day=last, clash="bail")
    return application


def fill(record: Any, names: Any, **facts: Any) -> None:
    """Each text that is free says which one it is."""
    for name in names:
        field = record._meta.get_field(name)
        free = field.get_internal_type() in ("TextField", "CharField") and not field.choices
        if free and name != "library_code":
            setattr(record, name, f"The {name} of {type(record).__name__}"[: field.max_length])
    for name, value in facts.items():
        setattr(record, name, value)
    record.save()


def missing(content: Content, record_of: dict[str, Any], html: str) -> list[str]:
    """The names of all that the content has, and the page has not."""
    facts = [(record_of["facts"], content["facts"])]
    facts += [(record_of[row["id"]], row) for row in (*content["acts"], *content["conditions"])]
    gone = [
        f"{name} of {type(record).__name__}"
        for record, row in facts
        for name, value in row.items()
        if name != "id" and value and shown_as(record, name, value).lower() not in html.lower()
    ]
    parties = [p[name] for p in content["parties"] for name in ("called", "role", "relationship")]
    return [*gone, *(text for text in parties if text.lower() not in html.lower())]


def shown_as(record: Any, name: str, value: str) -> str:
    """The content's value as a person reads it."""
    if name in CODES:
        return str(getattr(record, f"get_{name}_display")())
    if name in IN_WORDS:
        return IN_WORDS[name] if value != "no" or name == "notice_given" else ""
    if name in ("from_on", "until_on", "own_last_day", "asked_until", "subject_born_on"):
        day = date.fromisoformat(value)
        return f"{day.day} {day:%b}" if name in ("from_on", "until_on") else written(day)
    return value[:5] if name == "time" else value


def records(application: Application) -> dict[str, Any]:
    rows: list[StalkingAct | ProposedCondition] = [
        *application.acts.all(),
        *application.conditions.all(),
    ]
    return {"facts": application} | {str(row.pk): row for row in rows}


def test_the_superintendent_reads_all_that_the_authority_covers(
    client: Client, full: Application
) -> None:
    content = content_of(full)
    assert {*content["facts"]} == {*FACTS, *SUBJECT_FACTS}
    Application.objects.filter(pk=full.pk).update(status="submitted")
    client.force_login(factories.superintendent())
    html = unescape(text_of(client.get(page("authority", full))))
    assert missing(content, records(full), html) == []


def test_the_officer_checks_all_that_is_sent_and_what_it_warns_of(
    client: Client, full: Application
) -> None:
    client.force_login(factories.officer())
    html = unescape(text_of(client.get(page("submit", full))))
    assert missing(content_of(full), records(full), html) == []
    today = clock.today()
    warned = {f.message for f in checks.application_findings(full, today=today)}
    beside = checks.Beside.of(full, today=today)
    for condition in full.conditions.all():
        warned |= {f.message for f in checks.condition_findings(condition, beside)}
    assert warned
    assert [message for message in warned if message not in html] == []
