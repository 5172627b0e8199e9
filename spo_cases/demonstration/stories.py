"""A case, told by the real acts from the first ask to wherever the story stops, in its own past."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import User
from advocates import lifecycle as advocates
from applications import lifecycle as applications
from applications.content import content_of, hash_of
from applications.models import Application, Hearing, Request
from breaches import lifecycle as breaches
from breaches.models import Breach
from casework import clock
from casework.models import Case, Party
from law.duration import earliest_last_day
from law.periods import local_date
from notifications import lifecycle as notifications
from notifications.models import Attendance, Duty
from orders import lifecycle as orders
from orders.models import Order, Service, Variation
from orders.terms import Term
from people import actions as people
from people.models import Person
from spo_cases.demonstration import words
from spo_cases.demonstration.cast import Cast

LONDON = ZoneInfo("Europe/London")
INTERIM_DAYS = 89


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
    source = ("officer", "advocate", "partner")[story.number % 3]
    moment = story.day(0, "10:20")
    who: dict[str, Any] = {"asked_by": story.officer}
    if source == "advocate":
        who = {"asked_by": story.cast.advocate, "organisation": story.cast.advocate.organisation}
    elif source == "partner":
        who = {"asker_name": "Sampleford Housing"}
    with clock.at(moment):
        story.request = applications.record_request(
            by=story.officer,
            source=source,
            asked_at=moment,
            subject_as_told=f"{story.subject[0]} {story.subject[1]}",
            concerns=words.concerns(story.number),
            crime_reference=f"{story.cast.force.prefix}/{4100 + story.number}/26",
            officer=story.officer,
            domestic_abuse=story.number % 2 == 0,
            online_acts=story.online,
            **who,
        )
    story.case = story.request.case


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
        person, by=by, method="phone", rule="09:00 to 15:00, no voicemail, say it is the library"
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


def listed(story: Story, on: int = 13, purpose: str = "interim") -> None:
    """A hearing on a day of the story, which may lie ahead."""
    starts = datetime.combine(story.first_day + timedelta(days=on), time(10, 0), tzinfo=LONDON)
    with clock.at(min(story.day(on - 4, "14:00"), story.now - timedelta(minutes=1))):
        if starts <= clock.now():
            starts = story.day(on, "10:00")
        late = {"late_reason": "Listed by telephone on the day"} if starts < clock.now() else {}
        story.hearing = applications.list_hearing(
            story.case,
            by=story.officer,
            application=story.application,
            court=story.cast.court,
            starts_at=starts,
            purpose=purpose,
            notice_given=True,
            special_measures="Screens asked for" if story.number % 4 == 0 else "",
            **late,
        )


def interim(story: Story) -> None:
    """Day 13: the court makes an interim order for 89 days."""
    _make(story, story.day(13, "11:40"), kind="interim", days=INTERIM_DAYS)


def full_listed(story: Story) -> None:
    listed(story, on=60, purpose="full")


def full(story: Story) -> None:
    """Day 60: the full order replaces the interim one."""
    _make(story, story.day(60, "12:20"), kind="full", days=None)


def _make(story: Story, moment: datetime, *, kind: str, days: int | None) -> None:
    last = local_date(moment) + timedelta(days=days) if days else None
    if kind == "full" and story.number % 5:
        last = earliest_last_day(local_date(moment)) + timedelta(days=365)
    with clock.at(moment):
        story.order = orders.make_order(
            story.hearing,
            by=story.officer,
            kind=kind,
            made_at=moment,
            court=story.cast.court,
            last_day=last,
            terms=[
                Term(
                    kind=c.kind,
                    text=c.text,
                    short=c.short,
                    necessity=c.necessity,
                    proposed_id=c.pk,
                )
                for c in story.application.conditions.all()
            ],
            court_reference=story.application.court_reference,
            subject_present=story.number % 2 == 0,
        )


def attempted(story: Story) -> None:
    moment = min(story.order.made_at + timedelta(hours=5), story.now - timedelta(minutes=1))
    with clock.at(moment):
        orders.record_attempt(
            story.order,
            by=story.officer,
            tried_at=moment,
            place="His address; nobody answered",
            what_happened="Lights on, no answer. A neighbour says that he works nights.",
        )


def served(story: Story) -> None:
    moment = min(story.order.made_at + timedelta(hours=20), story.now - timedelta(minutes=1))
    moment = max(moment, story.order.made_at)
    proof = orders.Proof(
        served_at=moment,
        method=Service.Method.IN_PERSON,
        place="At his front door",
        served_by_name=str(story.cast["manager"]),
        collar_number="4411",
        pages_served=6,
        explained=True,
        notification_explained=True,
        understood=True,
        acknowledgement=Service.Acknowledgement.SIGNED,
        reaction="Took it and said that he understood.",
        footage_reference=f"BWV-{900 + story.number}",
    )
    with clock.at(moment):
        orders.serve(story.order, by=story.cast["manager"], proof=proof)


def notified(story: Story) -> None:
    """He comes on the second day."""
    duty = Duty.objects.get(order=story.order, kind=Duty.Kind.INITIAL)
    service = story.order.services.get(superseded_at=None)
    moment = min(service.served_at + timedelta(hours=26), story.now - timedelta(minutes=1))
    given = notifications.Given(
        attended_at=moment,
        station=story.cast.station,
        received_by_name="PC Ann Ffugiwr",
        heard_by_constable=True,
        names_given=f"{story.person.full_name}\n{words.NICKNAMES[story.number % 5]}",
        address_limb=Attendance.AddressLimb.HOME,
        address_given=str(story.person.addresses.get()),
        home_force=story.cast.force,
        fingerprints=Attendance.Answer.TAKEN,
        photograph=Attendance.Answer.TAKEN,
        oral_statement=True,
        identity_check="Driving licence",
        acknowledgement_given=True,
    )
    with clock.at(moment):
        notifications.record_attendance(duty, by=story.cast["manager"], given=given)


def breached(story: Story) -> None:
    """Reported a little while before the story stops, or weeks before if it went on."""
    began = story.order.made_at
    moment = min(began + timedelta(days=11, hours=3), story.now - timedelta(minutes=7))
    told = breaches.Report(
        happened_at=max(moment - timedelta(minutes=50), began),
        what_happened=words.breach(story.number),
        condition=1,
        place="By telephone" if story.number % 2 else "In the street",
        source="police",
    )
    with clock.at(moment):
        story.breach = breaches.report(story.order, by=story.officer, told=told)


def acknowledged(story: Story) -> None:
    with clock.at(min(story.breach.reported_at + timedelta(minutes=6), story.now)):
        breaches.acknowledge(story.breach, by=story.cast["lead"])
        breaches.assign(story.breach, by=story.cast["lead"], officer=story.officer)


def decided(story: Story) -> None:
    moment = min(story.breach.reported_at + timedelta(hours=9), story.now)
    with clock.at(moment):
        breaches.record_victim_told(
            story.breach, by=story.officer, told_at=moment, how="By phone, as she asked"
        )
        breaches.decide(
            story.breach,
            by=story.officer,
            outcome=Breach.Outcome.CHARGED,
            note="Charged with ST19001; bailed to court with conditions.",
        )


def adjourned(story: Story) -> None:
    with clock.at(story.day(13, "11:00")):
        story.hearing = applications.result_hearing(
            story.hearing,
            by=story.officer,
            outcome=Hearing.Outcome.ADJOURNED,
            note="The defence asked for time to take instructions.",
            next_starts_at=story.now + timedelta(days=9),
        )


def refused(story: Story) -> None:
    with clock.at(story.day(13, "12:30")):
        applications.result_hearing(
            story.hearing,
            by=story.cast["legal"],
            outcome=Hearing.Outcome.REFUSED,
            reason="bail_thought_enough",
            note="The bench thought the bail conditions enough.",
        )


def withdrawn(story: Story) -> None:
    with clock.at(story.day(10, "12:30")):
        applications.withdraw_application(
            story.application,
            by=story.cast["legal"],
            reason="other",
            note="He has left the country and does not intend to return.",
        )


def renewal_asked(story: Story) -> None:
    order = story.order
    with clock.at(story.now - timedelta(days=1)):
        orders.apply_to_renew(
            order,
            by=story.officer,
            asked=orders.Asked(
                applicant=Variation.Applicant.CHIEF_OFFICER,
                applicant_force=story.cast.force,
                residence_force=story.cast.force,
                applied_on=local_date(clock.now()),
                asked_until=(order.last_day or local_date(clock.now())) + timedelta(days=60),
                grounds="The hearing is after the order ends.",
            ),
        )


def consented(story: Story) -> None:
    with clock.at(story.day(3, "13:00")):
        advocates.record_consent(
            story.case,
            by=story.officer,
            person=story.party.person,
            advocate=story.cast.advocate,
            given_on=local_date(clock.now()),
            valid_until=local_date(story.now) + timedelta(days=180),
            how="In writing, kept with the case",
        )
