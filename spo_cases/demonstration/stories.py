"""A case, told by the real acts from the first ask to wherever the story stops, in its own past."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from accounts.models import User
from applications import lifecycle as applications
from applications.content import content_of, hash_of
from applications.models import Application, Hearing, Request
from breaches.models import Breach
from casework import clock
from casework.models import Case, Party
from law.duration import earliest_last_day
from law.periods import LONDON, local_date
from orders.models import Order
from people import actions as people
from people.models import Person
from spo_cases.demonstration import words
from spo_cases.demonstration.cast import Cast


@dataclass
class Story:
    """What has been told so far. `day` gives the moment of a day of the story at a London time."""

    cast: Cast
    number: int
    first_day: date
    now: datetime
    subject: tuple[str, str, str]
    protected: tuple[str, str]
    officer: User
    online: bool = False
    case: Case = field(init=False)
    request: Request = field(init=False)
    application: Application = field(init=False)
    person: Person = field(init=False)
    party: Party = field(init=False)
    hearing: Hearing = field(init=False)
    order: Order = field(init=False)
    breach: Breach = field(init=False)

    def day(self, number: int, at: str) -> datetime:
        """Day 0 is the first ask's. What would lie in the future has happened a minute ago."""
        local = datetime.combine(
            self.first_day + timedelta(days=number), time.fromisoformat(at), tzinfo=LONDON
        )
        return min(local, self.now - timedelta(minutes=1))


Chapter = Callable[[Story], None]


def asked(story: Story) -> None:
    """Day 0. Every third request comes from an advocate, every third from a partner."""
    story.request = _recorded(story, story.day(0, "10:20"))
    story.case = story.request.case


def recorded_twice(story: Story) -> None:
    """The night shift records what the day shift has, and closes its own case when it sees that."""
    again = _recorded(story, story.day(0, "23:10"))
    with clock.at(max(again.asked_at, story.day(0, "23:25"))):
        applications.close_duplicate(
            again,
            by=story.officer,
            other=story.case.reference,
            reason="The same log: the day shift had recorded it.",
        )


def _recorded(story: Story, moment: datetime) -> Request:
    source = ("officer", "advocate", "partner")[story.number % 3]
    who: dict[str, Any] = {"asked_by": story.officer}
    if source == "advocate":
        who = {"asked_by": story.cast.advocate, "organisation": story.cast.advocate.organisation}
    elif source == "partner":
        who = {"asker_name": "Sampleford Housing"}
    with clock.at(moment):
        request: Request = applications.record_request(
            by=story.officer,
            source=source,
            asked_at=moment,
            subject_as_told=f"{story.subject[0]} {story.subject[1]}",
            concerns=words.concerns(story.number),
            crime_reference=f"{story.cast.force.prefix}/{4100 + story.number}/26",
            officer=story.officer,
            domestic_abuse=story.number % 2 == 0,
            online_acts=story.online,
            again=True,  # each story is a case of its own, whatever its words have in common
            **who,
        )
    return request


def declined(story: Story) -> None:
    with clock.at(story.day(1, "15:05")):
        applications.decide_request(story.request, by=story.officer, **words.DECLINED)


def second_look(story: Story) -> None:
    with clock.at(story.day(2, "11:30")):
        applications.second_look(story.request, by=story.cast["lead"], **words.DECLINED)


def taken_forward(story: Story) -> None:
    with clock.at(story.day(1, "15:05")):
        applications.decide_request(story.request, by=story.officer, **words.TAKEN_FORWARD)


def begun(story: Story) -> None:
    """The draft has people and acts, and no conditions yet."""
    by = story.officer
    with clock.at(story.day(2, "14:10")):
        story.application = applications.start_draft(story.case, by=by)
        given, family, gender = story.subject
        born = date(1968 + story.number % 36, 1 + story.number % 12, 1 + story.number * 7 % 28)
        story.person = applications.name_subject(
            story.application,
            by=by,
            given_names=given,
            family_name=family,
            gender=gender,
            born_on=born,
            **words.looks(story.number),
        )
        _known_by(story)
        _protect(story)
        for act in words.acts(story.number, story.first_day):
            applications.add_act(story.application, by=by, **act)


def _known_by(story: Story) -> None:
    by, person, n = story.officer, story.person, story.number
    people.add_identifier(person, by=by, kind="phone", text=f"07700 900{n:03d}")
    people.add_identifier(person, by=by, kind="plate", text=f"TE{10 + n % 80} STX")
    if story.online:
        people.add_identifier(person, by=by, kind="account", text=f"@example_{n}")
    people.add_name(person, by=by, kind="nickname", text=words.NICKNAMES[n % len(words.NICKNAMES)])
    people.add_address(
        person,
        by=by,
        lines=f"{n + 1} {words.STREETS[n % len(words.STREETS)]}, {words.town(story.cast)}",
        postcode=f"ZZ{n % 9 + 1} {n % 9}ZZ",
        police_force=story.cast.force,
    )


def _protect(story: Story) -> None:
    by, (given, family) = story.officer, story.protected
    story.party = applications.add_protected_person(
        story.application,
        by=by,
        role=Party.Role.BOTH,
        called="Ms A" if given != "Daniel" else "Mr A",
        relationship=("Former partner", "Former colleague", "Neighbour")[story.number % 3],
        given_names=given,
        family_name=family,
        gender="female" if given != "Daniel" else "male",
    )
    person = story.party.person
    home = f"{200 + story.number} Hidden Lane, Nowhere, ZY{story.number % 9 + 1} 1YZ"
    people.keep_confidential(person, by=by, kind="home", text=home)
    people.keep_confidential(person, by=by, kind="phone", text=f"07700 901{story.number:03d}")
    people.agree_safe_contact(
        person,
        by=by,
        method="phone",
        rule="No voicemail, no text; if anybody else answers, say it is the library",
    )


def drafted(story: Story) -> None:
    """Every part is done."""
    by = story.officer
    with clock.at(story.day(5, "16:40")):
        for condition in words.conditions(story.number, story.online):
            applications.add_condition(story.application, by=by, **condition)
        until = earliest_last_day(story.first_day + timedelta(days=120)) + timedelta(days=365)
        for section, written in words.sections(story.number, until).items():
            applications.save_section(story.application, by=by, section=section, **written)


def submitted(story: Story) -> None:
    with clock.at(story.day(6, "12:15")):
        applications.submit_for_authority(story.application, by=story.officer)


def authorised(story: Story) -> None:
    with clock.at(story.day(7, "09:10")):
        applications.give_authority(
            story.application,
            by=story.cast["superintendent"],
            seen_hash=hash_of(content_of(story.application)),
            **words.ALL_MET,
        )


def lodged(story: Story) -> None:
    moment = story.day(8, "11:00")
    with clock.at(moment):
        applications.lodge(
            story.application,
            by=story.officer,
            court=story.cast.court,
            lodged_on=local_date(moment),
            court_reference=f"{story.cast.force.prefix}-CT-{1000 + story.number}",
        )
