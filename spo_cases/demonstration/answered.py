"""What is reported while an order is in force, who answers it, and what a protected person is told."""

from datetime import timedelta

from breaches import lifecycle as breaches
from breaches.models import Breach
from casework import clock
from contact import lifecycle as contact
from contact.models import Matter, Telling
from spo_cases.demonstration import words
from spo_cases.demonstration.stories import Story


def breached(story: Story) -> None:
    """Reported a little while before the story stops, or weeks before if it went on."""
    began = story.order.made_at
    moment = began + timedelta(days=11, hours=3)
    if moment > story.now - timedelta(days=1):
        moment = story.now - timedelta(minutes=7)
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


def assigned(story: Story) -> None:
    with clock.at(min(story.breach.reported_at + timedelta(minutes=9), story.now)):
        breaches.assign(story.breach, by=story.cast["lead"], officer=story.officer)


def decided(story: Story) -> None:
    moment = min(story.breach.reported_at + timedelta(hours=9), story.now)
    with clock.at(moment):
        tell_her(story)
        breaches.decide(
            story.breach,
            by=story.officer,
            outcome=Breach.Outcome.CHARGED,
            note="Charged with ST19001; bailed to court with conditions.",
        )


def tell_her(story: Story) -> None:
    """Whatever she has not heard yet, in one conversation, by the way that she agreed to."""
    first, *others = Matter.objects.filter(case=story.case, status=Matter.Status.WAITING)
    told = contact.Told(
        outcome=Telling.Status.TOLD,
        told_at=clock.now(),
        told_by_name=str(story.officer),
        how=Telling.How.PHONE,
        said="She asked who to ring at night.",
    )
    contact.tell(first, by=story.officer, told=told, also=others)


def not_reached(story: Story) -> None:
    """She did not answer, and no message was left: she is tried again."""
    matter = Matter.objects.get(about_id=story.breach.pk)
    with clock.at(min(story.breach.reported_at + timedelta(minutes=20), story.now)):
        tried = contact.Told(
            outcome=Telling.Status.NOT_TOLD,
            told_at=clock.now(),
            told_by_name=str(story.officer),
            why_not="No answer. No message was left, as she asked.",
            try_again_at=clock.now() + timedelta(minutes=45),
        )
        contact.tell(matter, by=story.officer, told=tried)


def told(story: Story) -> None:
    """She was told of everything so far, some hours after the last of it."""
    waiting = Matter.objects.filter(case=story.case, status=Matter.Status.WAITING)
    if last := waiting.order_by("-happened_at").first():
        with clock.at(min(last.happened_at + timedelta(hours=4), story.now)):
            tell_her(story)
