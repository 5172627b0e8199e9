"""Where a client's protection stands, in plain words. Pure: facts in, sentences out.

Short sentences, no codes, no provision. Nothing about the investigation, his whereabouts or others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from contact.words import at_time, day
from law.periods import local_date
from people.pronouns import say


@dataclass(frozen=True)
class Facts:
    """What the words are made of. Moments are aware, days are London days."""

    pronoun: str  # a `people.pronouns.Pronoun`
    client: str  # initials
    asked_at: datetime
    declined: str = ""  # what the requester was told, where the request was declined
    second_look: bool = False
    accepted: bool = False  # taken forward, and nothing drafted yet
    drafting: bool = False
    lodged_on: date | None = None
    outcome: str = ""  # "refused", "withdrawn" or "given_up" (before the court was asked)
    no_interim: bool = False  # the court refused a temporary order, and has the full one to decide
    hearing_at: datetime | None = None
    temporary: bool | None = None  # of the order in force: interim?
    last_day: date | None = None
    until_further_order: bool = False
    undecided: bool = False  # the court has still to decide on a longer order
    made_on: date | None = None
    served_at: datetime | None = None
    explained: bool = False
    change_unserved: bool = False  # its words have changed, and he was not given the new ones
    ended_on: date | None = None  # of the last order, where none has effect now
    renewal_asked_on: date | None = None  # of the court, which has not decided yet

    @property
    def gap_from(self) -> date | None:
        """The day from which nothing protects, where the court meets only after the last day."""
        if self.last_day is None or self.hearing_at is None:
            return None
        after = self.last_day + timedelta(days=1)
        return after if local_date(self.hearing_at) >= after else None


@dataclass(frozen=True)
class Status:
    """One sentence, and what it means."""

    headline: str
    detail: str
    tone: str  # "held", "waiting" or "none"


@dataclass(frozen=True)
class Told:
    """A line of what happened or happens next."""

    at: datetime
    text: str


@dataclass(frozen=True)
class New:
    """What an advocate has not seen of a client; nothing told where she has never looked at all."""

    told: Told | None


@dataclass(frozen=True)
class Line:
    """What is different for one client: why she stands where she does in the list."""

    lead: str  # "New"; empty where nothing presses
    text: str


def status(facts: Facts) -> Status:
    """Where things stand now, the order first."""
    if facts.made_on and facts.temporary is not None:
        return _order(facts)
    if facts.ended_on:
        return Status(
            "There is no order now.",
            f"The last one ended on {day(facts.ended_on)}. Talk to the officer about what to do next.",
            "none",
        )
    return _before_order(facts)


def _order(facts: Facts) -> Status:
    kind = "It is a temporary order from the court." if facts.temporary else "It is a full order."
    if facts.until_further_order:
        length = "It has no end date."
    elif facts.last_day:
        length = f"It lasts to the end of {day(facts.last_day)}."
    else:
        length = ""
    detail = f"{kind} {length} It counts everywhere in the United Kingdom."
    if gap := facts.gap_from:
        detail += (
            f" The court meets only after that. If the court does not make it longer, no order"
            f" protects {facts.client} from {day(gap)}."
        )
    if facts.served_at and facts.change_unserved:
        changed = say(
            facts.pronoun,
            "There is an order, and its words have changed. {He} {has} not been given the new words yet.",
        )
        return Status(changed, _counts_already(facts) + detail, "waiting")
    if facts.served_at:
        given = say(facts.pronoun, "There is an order, and {he} {has} been given it.")
        return Status(given, detail, "held")
    return Status(
        say(facts.pronoun, "There is an order. {He} {has} not been given it yet."),
        _counts_already(facts) + detail,
        "waiting",
    )


def _counts_already(facts: Facts) -> str:
    return say(facts.pronoun, "It counts already. The police are trying to give it to {him}. ")


def _before_order(facts: Facts) -> Status:
    if facts.outcome == "refused":
        return Status(
            "The court did not make an order.",
            "The officer will talk to you about what can be done next.",
            "none",
        )
    if facts.outcome == "withdrawn":
        return Status(
            "We have taken back the request to the court.", "The officer will tell you why.", "none"
        )
    if facts.outcome == "given_up":
        return Status(
            "We are not asking the court for an order any more.",
            "The officer will tell you why.",
            "none",
        )
    if facts.lodged_on:
        return _at_court(facts)
    if facts.drafting:
        return Status(
            "We are getting ready to ask the court for an order.",
            "There is no order yet.",
            "waiting",
        )
    if facts.accepted:
        return Status(
            "The police have agreed to take this forward.",
            "They get ready to ask the court. There is no order yet.",
            "waiting",
        )
    if facts.declined:
        look = (
            "A second person looked at it and agreed."
            if facts.second_look
            else "A second person is looking at that decision."
        )
        return Status(
            "The police decided not to ask for an order now.", f"{facts.declined} {look}", "none"
        )
    return Status(
        "An order was asked for, and the police have not decided yet.",
        "There is no order yet.",
        "waiting",
    )


def _at_court(facts: Facts) -> Status:
    wait = f"The court decides on {at_time(facts.hearing_at)}." if facts.hearing_at else ""
    text = wait or "The court has not given a day yet."
    if not facts.no_interim:
        return Status("We have asked the court for an order.", text, "waiting")
    return Status(
        "The court did not make a temporary order.",
        f"It will still decide about the full order. {text} There is no order now. "
        "The officer will talk to you about how to stay safe.",
        "none",
    )


def line(facts: Facts, new: New | None) -> Line:
    """The one line of a client in the list: what is new, else what ends or comes, else where it is."""
    if new and new.told:
        return Line(f"New on {day(new.told.at)}", f"{new.told.text} {_unserved(facts)}".strip())
    stands = _stands_at(facts)
    return Line("Not looked at yet", stands) if new else Line("", stands)


def _stands_at(facts: Facts) -> str:
    """Where it stands, with the days that are this client's own."""
    if facts.made_on and facts.temporary is not None:
        return " ".join(filter(None, (_lasts(facts), _unserved(facts), _heard(facts))))
    if facts.ended_on:
        over = f"There is no order now. The last one ended on {day(facts.ended_on)}."
        return f"{over} {_heard(facts)}".strip()
    stands = _before_order(facts)
    if facts.outcome or facts.declined:
        return stands.headline
    if facts.lodged_on:
        wait = _heard(facts) or "The court has not given a day yet."
        if facts.no_interim:
            return f"{stands.headline} It will still decide about the full order. {wait}"
        return f"We asked the court for an order on {day(facts.lodged_on)}. {wait}"
    if facts.drafting or facts.accepted:
        return stands.headline
    return f"An order was asked for on {day(facts.asked_at)}. The police have not decided yet."


def _lasts(facts: Facts) -> str:
    kind = "temporary" if facts.temporary else "full"
    until = f"until {day(facts.last_day)}" if facts.last_day else "until the court ends it"
    return f"The {kind} order lasts {until}."


def _unserved(facts: Facts) -> str:
    if not facts.made_on or facts.temporary is None:
        return ""
    if facts.served_at is None:
        return say(facts.pronoun, "{He} {has} not been given it yet.")
    changed = "Its words have changed. {He} {has} not been given the new words yet."
    return say(facts.pronoun, changed) if facts.change_unserved else ""


def _heard(facts: Facts) -> str:
    return f"The court meets on {at_time(facts.hearing_at)}." if facts.hearing_at else ""


def initials(names: Iterable[str]) -> str:
    """R. S. for Rhian Samplewell: all of a client's name that a page shows."""
    firsts = (next(filter(str.isalpha, word), "") for name in names for word in name.split())
    return " ".join(f"{letter}." for letter in firsts if letter)
