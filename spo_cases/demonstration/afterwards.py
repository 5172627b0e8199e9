"""What happens while an order is in force: he moves, the court changes it or ends it, a case is closed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from applications import lifecycle as applications
from casework import clock
from law.periods import local_date
from notifications import lifecycle as notifications
from notifications.models import Duty
from orders import lifecycle as orders
from orders.models import Variation
from orders.terms import Act, Change, Term
from spo_cases.demonstration import words
from spo_cases.demonstration.outcomes import attended
from spo_cases.demonstration.stories import Story

FORCE = Variation.Applicant.CHIEF_OFFICER
SUBJECT = Variation.Applicant.SUBJECT


def restricted(story: Story) -> None:
    """The lead closes the case to all but those who work on it."""
    with clock.at(story.day(9, "10:40")):
        applications.restrict_case(
            story.case,
            by=story.cast["lead"],
            reason="He is related to somebody who works in the station.",
            named=[story.officer, story.cast["manager"]],
        )


def on_register(story: Story) -> None:
    """He notifies under the Sexual Offences Act 2003 already, so this Act asks for nothing, s9(5)."""
    duty = Duty.objects.get(order=story.order, kind=Duty.Kind.INITIAL)
    with clock.at(story.now - timedelta(hours=3)):
        notifications.record_soa_duty(
            duty, by=story.cast["manager"], soa_from=story.first_day - timedelta(days=400)
        )


def moved(story: Story) -> None:
    """A neighbour says that he moved yesterday: his new address is due now, s9(4)."""
    with clock.at(story.now - timedelta(hours=2)):
        notifications.record_change(
            story.order,
            by=story.cast["manager"],
            kind=Duty.Kind.ADDRESS,
            happened_on=local_date(story.now) - timedelta(days=2),
            told=f"{300 + story.number} Specimen Gardens, {words.town(story.cast)}, ZZ9 9ZZ",
            told_by="A neighbour",
            home_force=story.cast.force,
        )


def renamed(story: Story) -> None:
    """He uses a new name, and comes to say so in time, s9(3)."""
    new = f"{story.subject[0]} Newname-{story.subject[1]}"
    with clock.at(story.now - timedelta(days=6)):
        duty = notifications.record_change(
            story.order,
            by=story.cast["manager"],
            kind=Duty.Kind.NAME,
            happened_on=local_date(clock.now()),
            told=new,
            told_by="His employer",
        )
    service = story.order.services.get(superseded_at=None)
    attended(
        story,
        duty,
        after=story.now - timedelta(days=5) - service.served_at,
        names_given=f"{story.person.full_name}\n{new}",
    )


def varied(story: Story) -> None:
    """The court adds a condition that the force asked for; its wording must be served."""
    added = Change(
        Act.ADD,
        None,
        Term(
            kind="prohibition",
            text="You must not enter Sampleford Library.",
            short="Keep out of the library",
            necessity="He has waited there for her on four evenings.",
        ),
    )
    _asked_and_decided(story, orders.apply_to_vary, applicant=FORCE, changes=(added,))


def discharged(story: Story) -> None:
    """He asks, she and the force agree, and the court ends the order, s4(4)(b)."""
    _asked_and_decided(
        story,
        orders.apply_to_discharge,
        applicant=SUBJECT,
        consents=("subject", str(story.cast.force.pk)),
    )


def _asked_and_decided(
    story: Story, apply: Callable[..., Variation], *, applicant: str, **facts: Any
) -> None:
    """Applied for five days after the order was made, and granted a week later."""
    order = story.order
    with clock.at(order.made_at + timedelta(days=5)):
        variation = apply(
            order,
            by=story.officer,
            asked=orders.Asked(
                applicant=applicant,
                applicant_force=story.cast.force if applicant == FORCE else None,
                residence_force=story.cast.force,
                applied_on=local_date(clock.now()),
                grounds="What was granted does not fit any more.",
                **facts,
            ),
        )
    decided_at = min(order.made_at + timedelta(days=12), story.now - timedelta(minutes=3))
    with clock.at(decided_at):
        orders.decide_variation(
            variation,
            by=story.officer,
            decision=orders.Decision(
                outcome=Variation.Status.GRANTED,
                decided_at=decided_at,
                heard=("subject", str(story.cast.force.pk)),
                consents=facts.get("consents", ()),
                changes=facts.get("changes", ()),
            ),
        )
