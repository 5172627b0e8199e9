"""Whom a report of a breach was told to, and whom it could not be told to: pages say nothing else."""

from dataclasses import dataclass

from alerts.addressing import unreached
from alerts.models import Alert
from alerts.places import said
from breaches.models import Breach
from breaches.queries import thread_of


@dataclass(frozen=True)
class Reached:
    """Whom a report was told to, in words, and which places are nobody's."""

    told: str
    nobody: str

    @property
    def sentence(self) -> str:
        """After the report: nobody is said to be told who is not there."""
        if not self.told:
            return "The breach is reported, but nobody of the force could be told: ring them now"
        text = f"The breach is reported. Told of it: {self.told}"
        return f"{text}. Nobody could be told as {self.nobody}" if self.nobody else text


def reached(breach: Breach) -> Reached:
    """Whom its first alert tells, as the force is: also before it was sent."""
    first = Alert.objects.select_related("case__officer", "deadline", "force")
    alert = first.filter(thread=thread_of(breach), rung=0).order_by("due_at").first()
    if alert is None:
        return Reached("", "")
    missing = alert.missing.split(",") if alert.addressed_at else unreached([alert])[alert.pk]
    words = alert.recipients.split(",")
    there, nobody = ([w for w in words if (w in missing) is gone] for gone in (False, True))
    return Reached(_listed(there), _listed(nobody))


def _listed(words: list[str]) -> str:
    """the officer in the case, the duty inbox and the stalking lead"""
    named = [f"the {(name := said(word))[0].lower()}{name[1:]}" for word in words]
    return " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))
