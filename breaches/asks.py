"""What every breach raises beside itself: the questions that its page asks."""

from collections.abc import Iterator
from dataclasses import dataclass

from breaches.models import Breach
from law.offences import LINKED_OFFENCES
from people.pronouns import said_of


@dataclass(frozen=True)
class Ask:
    """A question that a breach always raises, and why now."""

    question: str
    why: str


def asks_of(breach: Breach) -> Iterator[Ask]:
    """What a breach always raises, beside the breach itself."""
    subject = breach.case.subject
    others = Breach.objects.filter(case_id=breach.case_id).exclude(pk=breach.pk).count()
    offences = " or ".join(offence.provision.rpartition(" ")[2] for offence in LINKED_OFFENCES)
    times = "This breach is reported in this case: it"
    if others:
        times = f"{others + 1} breaches are reported in this case: they"
    yield Ask(
        "Is it stalking as well?",
        f"{times} may be part of a course of conduct, {offences}, "
        "Protection from Harassment Act 1997",
    )
    yield Ask("Screen the risk again", "Due after every breach")
    yield Ask(
        "Look at the conditions",
        said_of(f"Does condition {breach.condition.number} cover what {{he}} did?", subject)
        if breach.condition
        else said_of("No condition is named yet: does one cover what {he} did?", subject),
    )
    yield Ask("Other victims?", said_of("Did {he} do the same to somebody else?", subject))
