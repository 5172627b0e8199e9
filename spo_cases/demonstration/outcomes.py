"""The second half of a case: court, order, service, notification. See `stories` for the first."""

from datetime import date, datetime, time, timedelta
from typing import Any

from advocates import lifecycle as advocates
from applications import lifecycle as applications
from applications.models import Hearing
from casework import clock
from law.duration import earliest_last_day
from law.periods import LONDON, local_date
from notifications import lifecycle as notifications
from notifications.models import Attendance, Duty
from orders import lifecycle as orders
from orders.models import Service, Variation
from orders.terms import Term
from spo_cases.demonstration import words
from spo_cases.demonstration.stories import Story

INTERIM_DAYS = 89
HEARD_ON = 13  # the day of the story on which the court first sits
MADE_BY = time(12, 0)  # and the hour by which it has made its order


def listed(story: Story, on: int = HEARD_ON, known: int = 9, purpose: str = "interim") -> None:
    """A hearing on a day of the story, which may lie ahead; `known` is the day when it was listed."""
    starts = _sits(story.first_day + timedelta(days=on))
    with clock.at(min(story.day(known, "14:00"), story.now - timedelta(minutes=1))):
        if starts <= clock.now():
            starts = story.day(on, "10:00")
        late = "Listed by telephone on the day" if starts < clock.now() else ""
        story.hearing = applications.list_hearing(
            story.case,
            by=story.officer,
            application=story.application,
            court=story.cast.court,
            starts_at=starts,
            purpose=purpose,
            notice_given=True,
            special_measures="Screens asked for" if story.number % 4 == 0 else "",
            late_reason=late,
        )


def _sits(day: date) -> datetime:
    """When the court begins on that day."""
    return datetime.combine(day, time(10, 0), tzinfo=LONDON)


def interim(story: Story) -> None:
    """Day 13: the court makes an interim order for 89 days."""
    _make(story, story.day(HEARD_ON, "11:40"), kind="interim", days=INTERIM_DAYS)


def full_listed(story: Story) -> None:
    """The court gives a day for the full hearing when it makes the interim order."""
    listed(story, on=60, known=13, purpose="full")


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
    attended(story, duty, after=timedelta(hours=26))


def notified_late(story: Story) -> None:
    """He comes on the sixth day, without an excuse."""
    duty = Duty.objects.get(order=story.order, kind=Duty.Kind.INITIAL)
    attended(story, duty, after=timedelta(days=5, hours=2))


def attended(story: Story, duty: Duty, *, after: timedelta, **facts: str) -> None:
    """He attends the station some time after he was served, and says it aloud."""
    service = story.order.services.get(superseded_at=None)
    moment = min(service.served_at + after, story.now - timedelta(minutes=1))
    usual: dict[str, Any] = {
        "names_given": f"{story.person.full_name}\n{words.NICKNAMES[story.number % 5]}",
        "address_given": str(story.person.addresses.get()),
    }
    given = notifications.Given(
        attended_at=moment,
        station=story.cast.station,
        received_by_name="PC Ann Ffugiwr",
        heard_by_constable=story.number % 10 != 7,  # else nobody wrote down who authorised it
        **usual | facts,
        address_limb=Attendance.AddressLimb.HOME,
        home_force=story.cast.force,
        fingerprints=Attendance.Answer.TAKEN,
        photograph=Attendance.Answer.TAKEN,
        oral_statement=True,
        identity_check="Driving licence",
    )
    with clock.at(moment):
        attendance = notifications.record_attendance(duty, by=story.cast["manager"], given=given)
    if story.number % 6 == 5 and story.now - moment < timedelta(hours=12):
        return  # he still waits for the paper
    with clock.at(min(moment + timedelta(minutes=15), story.now)):
        hand_over(story, attendance)


def hand_over(story: Story, attendance: Attendance) -> None:
    """He leaves with the paper, or, now and then, before it was printed."""
    manager = story.cast["manager"]
    if story.number % 11 == 4:
        reason = "He would not wait for it. It is kept for him at the counter"
        notifications.leave_unhanded(attendance, by=manager, reason=reason)
        return
    notifications.hand_over(
        attendance, by=manager, handed_at=clock.now(), handed_by_name="PC Ann Ffugiwr"
    )


def adjourned(story: Story) -> None:
    with clock.at(story.day(HEARD_ON, "11:00")):
        story.hearing = applications.result_hearing(
            story.hearing,
            by=story.officer,
            outcome=Hearing.Outcome.ADJOURNED,
            note="The defence asked for time to take instructions.",
            next_starts_at=_sits(local_date(story.now) + timedelta(days=9)),
        )


def refused(story: Story) -> None:
    with clock.at(story.day(HEARD_ON, "12:30")):
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
