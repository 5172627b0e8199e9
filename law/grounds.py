"""The three grounds (s1(1), s2(1)) and the kinds of acts that they begin with (s1(6))."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from law.arguments import require_days, require_days_if_given
from law.findings import Finding, block, warn


class ActKind(StrEnum):
    """The examples of s2A(3) of the Protection from Harassment Act 1997, which are not all."""

    FOLLOWING = "following"
    CONTACTING = "contacting"
    PUBLISHING = "publishing"
    MONITORING = "monitoring"
    LOITERING = "loitering"
    INTERFERING = "interfering"
    WATCHING_OR_SPYING = "watching_or_spying"
    OTHER = "other"

    @property
    def label(self) -> str:
        return ACT_LABELS[self]


ACT_LABELS = {
    ActKind.FOLLOWING: "Following a person",
    ActKind.CONTACTING: "Contacting a person, or trying to, by any means",
    ActKind.PUBLISHING: "Publishing material about a person, or as if it came from that person",
    ActKind.MONITORING: "Monitoring a person’s use of the internet, email or other messages",
    ActKind.LOITERING: "Loitering in a place, public or private",
    ActKind.INTERFERING: "Interfering with property that a person has",
    ActKind.WATCHING_OR_SPYING: "Watching or spying on a person",
    ActKind.OTHER: "Another act, or a failure to act, that goes with stalking",
}


class Ground(StrEnum):
    ACTS = "acts"
    RISK = "risk"
    NECESSITY = "necessity"

    @property
    def provision(self) -> str:
        """Where the police's ground stands; the court's twin is in s2(1)."""
        return {"acts": "s1(1)(a)", "risk": "s1(1)(b)", "necessity": "s1(1)(c)"}[self.value]

    @property
    def asks(self) -> str:
        """What must appear to the chief officer."""
        return POLICE_ASK[self]

    @property
    def court_asks(self) -> str:
        """What the court must be satisfied of, which for necessity is more."""
        return COURT_ASKS[self]


POLICE_ASK = {
    Ground.ACTS: "The subject has carried out acts associated with stalking",
    Ground.RISK: "The subject poses a risk associated with stalking to another person",
    Ground.NECESSITY: (
        "There is reasonable cause to believe that the order is necessary to protect another "
        "person from that risk"
    ),
}
COURT_ASKS = {
    **POLICE_ASK,
    Ground.NECESSITY: "The order is necessary to protect another person from that risk",
}


class Standard(StrEnum):
    """How sure the court must be, by the Justices’ Clerks’ Society’s advice of January 2020."""

    CRIMINAL = "criminal"
    EVALUATIVE = "evaluative"


def standard(ground: Ground, *, interim: bool = False) -> Standard:
    """Criminal for the facts of a full order; an evaluation for necessity, and for an interim."""
    if interim or ground is Ground.NECESSITY:
        return Standard.EVALUATIVE
    return Standard.CRIMINAL


@dataclass(frozen=True)
class View:
    """What the deciding officer thinks of one ground: met, not met, or (None) not yet looked at."""

    met: bool | None
    reasons: str = ""


def check(views: Mapping[Ground, View]) -> list[Finding]:
    """s1(1): the three grounds must all appear to be met; reasons are good practice."""
    found = []
    for ground in Ground:
        view = views.get(ground, View(met=None))
        if view.met is None:
            found.append(
                block(ground.provision, ground.value, f"Decide whether this is so: {ground.asks}")
            )
        elif not view.met:
            found.append(
                block(ground.provision, ground.value, f"This ground is not met: {ground.asks}")
            )
        elif not view.reasons.strip():
            found.append(
                warn(ground.provision, ground.value, f"Give the reasons why: {ground.asks}")
            )
    return found


@dataclass(frozen=True)
class Act:
    """One act, or omission, associated with stalking. The day may be unknown."""

    kind: ActKind
    happened_on: date | None = None
    outside_uk: bool = False


def act_findings(acts: Sequence[Act], *, asked_on: date) -> list[Finding]:
    """s1(1)(a): there must be acts. Neither their place nor their age matters (s1(5), s13(2))."""
    require_days(asked_on=asked_on)
    for act in acts:
        require_days_if_given(happened_on=act.happened_on)
        if act.happened_on is not None and act.happened_on > asked_on:
            raise ValueError(f"happened_on {act.happened_on} is after asked_on {asked_on}")
    if not acts:
        return [block("s1(1)(a)", "acts", "Record the acts associated with stalking")]
    if len(acts) == 1:
        message = "The Act speaks of acts, and only one is recorded: ask whether there were others"
        return [warn("s1(1)(a)", "acts", message)]
    return []
