"""Requests, drafts and applications at each stage, made by the acts themselves."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Force, User
from accounts.roles import Role
from accounts.tests import factories as accounts
from applications import lifecycle
from applications.content import content_of, hash_of
from applications.models import Application, Authority, Court, Hearing, Request
from casework import clock
from casework.models import Case, Deadline, Party
from law.duration import earliest_last_day
from law.periods import start_instant
from people.models import Person
from people.tests import factories as people

REASON = "Seen in the statements"
PROCEED = {
    "outcome": "proceed",
    "acts_shown": True,
    "acts_reason": REASON,
    "risk_shown": True,
    "risk_reason": REASON,
    "necessary": True,
    "necessary_reason": REASON,
}
DECLINE = PROCEED | {
    "outcome": "decline",
    "necessary": False,
    "decline_reason": "not_necessary",
    "told_requester": "The grounds for an order are not met. Ask again if anything happens.",
}
ALL_MET = {
    "acts_met": True,
    "acts_reason": REASON,
    "risk_met": True,
    "risk_reason": REASON,
    "necessity_met": True,
    "necessity_reason": REASON,
}

CLIENT = {  # of an advocate who asks
    "client_as_told": "C. Ff.",
    "safe_contact": "Through me, before noon; never by post",
    "client_agrees": True,
}


def open_clocks(case: Case) -> QuerySet[Deadline]:
    """What runs in the case, but for what a protected person has still to be told (`contact`)."""
    return case.deadlines.filter(done_at=None).exclude(kind="tell_what_happened")


def earlier(minutes: int) -> datetime:
    """So long ago, but today: what was lodged today was not heard yesterday, however late it is."""
    return max(clock.now() - timedelta(minutes=minutes), start_instant(clock.today()))


def officer(of: Force | None = None) -> User:
    return accounts.user(Role.OFFICER, of=of)


def lead(of: Force | None = None, username: str = "") -> User:
    return accounts.user(Role.STALKING_LEAD, of=of, username=username)


def superintendent(of: Force | None = None) -> User:
    return accounts.user(Role.AUTHORISING_OFFICER, of=of)


def legal(of: Force | None = None) -> User:
    return accounts.user(Role.LEGAL, of=of)


def court(name: str = "Testham Magistrates’ Court") -> Court:
    with transaction.atomic():
        made, _ = Court.objects.get_or_create(name=name)
    return made


def subject(by: User, **facts: Any) -> Person:
    return people.person(by, **({"given_names": "Siôn", "family_name": "Mockford"} | facts))


def request(*, by: User | None = None, asked_at: datetime | None = None, **facts: Any) -> Request:
    """Asked for an hour ago, by a partner, unless said otherwise."""
    given: dict[str, Any] = {
        "source": Request.Source.PARTNER,
        "asked_at": asked_at or clock.now() - timedelta(hours=1),
        "asker_name": "Sampleford Housing",
        "subject_as_told": "Siôn Mockford of Testham",
        "concerns": "He waits outside her work and sends messages every day.",
        "again": True,  # each is another one, though all say the same
    }
    return lifecycle.record_request(by=by or officer(), **(given | facts))


def accepted(*, by: User | None = None, **facts: Any) -> Request:
    """A request that was taken forward."""
    asked = request(by=by, **facts)
    lifecycle.decide_request(asked, by=by or officer(), **PROCEED)
    return asked


def draft(*, by: User | None = None, case: Case | None = None, **facts: Any) -> Application:
    """An application with nothing written yet."""
    by = by or officer()
    return lifecycle.start_draft(case or accepted(by=by, **facts).case, by=by)


def protected(application: Application, *, by: User | None = None, called: str = "Ms A") -> Party:
    """A protected person, who was also the victim, with a confidential home."""
    by = by or officer()
    person = people.person(by, given_names="Carys", family_name="Ffugiwr")
    people.confidential(person, by)
    return lifecycle.add_protected_person(
        application,
        by=by,
        person=person,
        role=Party.Role.BOTH,
        called=called,
        relationship="Former partner",
    )


def act(application: Application, *, by: User | None = None, **facts: Any) -> Any:
    given: dict[str, Any] = {
        "kind": "loitering",
        "from_on": clock.today() - timedelta(days=20),
        "place": "Sample Street, Testham",
        "description": "He stood opposite her work for an hour.",
        "exhibit": "PM/1",
    }
    return lifecycle.add_act(application, by=by or officer(), **(given | facts))


def condition(application: Application, *, by: User | None = None, **facts: Any) -> Any:
    """A whole condition from the library: P01, no contact."""
    given: dict[str, Any] = {
        "library_code": "P01",
        "slots": {"person": "Ms A", "exceptions": ["through a solicitor acting for you"]},
        "necessity": "He wrote to her every day after he was told to stop.",
        "evidence": "Exhibit PM/1",
        "conflicts_with_religion": False,
        "interferes_with_work": False,
        "interferes_with_education": False,
        "discloses_location": False,
    }
    return lifecycle.add_condition(application, by=by or officer(), **(given | facts))


def complete_draft(
    *,
    by: User | None = None,
    case: Case | None = None,
    until: date | None = None,
    interim_sought: bool = True,
    **facts: Any,
) -> Application:
    """A draft in which every part is done; `until` None asks for 5 years."""
    by = by or officer()
    application = draft(by=by, case=case, **facts)
    lifecycle.name_subject(application, by=by, person=subject(by, born_on=date(1991, 7, 2)))
    protected(application, by=by)
    act(application, by=by)
    act(application, by=by, kind="contacting", from_on=clock.today() - timedelta(days=9))
    condition(application, by=by)
    sections: dict[str, dict[str, Any]] = {
        "area": {"area_limb": "resides", "area_reason": "He lives in Testham."},
        "risk": {"risk": "He comes closer each time.", "risk_tool": "S-DASH", "risk_level": "high"},
        "necessity": {"necessity": "Nothing else has stopped him."},
        "consultation": {"consulted": "victim", "victim_view": "She agrees to each condition."},
        "other_orders": {"other_orders": "None.", "criminal_case": "investigation"},
        "duration": {
            "duration": "fixed",
            "asked_until": until or earliest_last_day(clock.today()) + timedelta(days=3 * 366),
            "duration_reason": "He kept on for three years.",
            "interim_sought": interim_sought,
            "interim_reason": "She is at risk until the hearing." if interim_sought else "",
            "notice_given": True,
        },
    }
    for section, written in sections.items():
        lifecycle.save_section(application, by=by, section=section, **written)
    return application


def submitted(*, by: User | None = None, **facts: Any) -> Application:
    """Sent to the superintendent."""
    application = complete_draft(by=by, **facts)
    return lifecycle.submit_for_authority(application, by=by or officer())


def authority(application: Application, *, by: User | None = None) -> Authority:
    """A superintendent of the force authorises what it says now."""
    return lifecycle.give_authority(
        application,
        by=by or superintendent(application.case.force),
        seen_hash=hash_of(content_of(application)),
        **ALL_MET,
    )


def authorised(*, by: User | None = None, **facts: Any) -> Application:
    application = submitted(by=by, **facts)
    authority(application)
    return application


def lodged(*, by: User | None = None, lodged_on: date | None = None, **facts: Any) -> Application:
    """Lodged today at Testham."""
    application = authorised(by=by, **facts)
    return lifecycle.lodge(
        application,
        by=by or officer(),
        court=court(),
        lodged_on=lodged_on or clock.today(),
        court_reference="TM-26-4411",
    )


def hearing(
    application: Application,
    *,
    by: User | None = None,
    starts_at: datetime | None = None,
    purpose: str = Hearing.Purpose.FULL,
    **facts: Any,
) -> Hearing:
    """Listed for the day after tomorrow. A start in the past is recorded late, with its reason."""
    starts_at = starts_at or clock.now() + timedelta(days=2)
    if starts_at < clock.now():
        facts.setdefault("late_reason", "Listed by telephone on the day")
    given: dict[str, Any] = {"court": court(), "notice_given": True}
    return lifecycle.list_hearing(
        application.case,
        by=by or officer(application.case.force),
        application=application,
        starts_at=starts_at,
        purpose=purpose,
        **(given | facts),
    )


def heard(*, by: User | None = None, purpose: str = Hearing.Purpose.FULL, **facts: Any) -> Hearing:
    """A hearing of a lodged application that has begun this moment, and has no result yet."""
    application = lodged(by=by, **facts)
    return hearing(application, by=by, starts_at=clock.now(), purpose=purpose, late_reason="Now")
