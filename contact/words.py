"""What a protected person is told, in plain words: short sentences, no codes, no provision.

Nothing about the investigation, or where he is. Read from the facts as they are now: a corrected
record corrects what she is told.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from applications.models import Hearing, Request
from casework import clock
from casework.models import Case
from contact.facts import IN_COURT, Facts, facts_of
from contact.models import Matter
from law.duration import has_effect_at
from law.periods import LONDON
from orders.models import Correction, Order, Variation
from orders.queries import last_moment, words_at
from orders.terms import Act, Change
from people.pronouns import pronoun_of, say

K = Matter.Kind
NO_INTERIM = "The court did not make a temporary order. It will still decide about the full order."
DETERMINED = {
    K.REFUSED: "The court did not make an order.",
    K.WITHDRAWN: "We are not asking the court for an order any more.",
}
RESULTS: dict[str, str] = {
    Hearing.Outcome.INTERIM_REFUSED: NO_INTERIM,
    Hearing.Outcome.REFUSED: "The court did not make an order.",
    Hearing.Outcome.WITHDRAWN: "We are not asking the court for an order any more.",
    Hearing.Outcome.ADJOURNED: "The court put the hearing off to another day.",
    Hearing.Outcome.INTERIM_ORDER: "The court made a temporary order.",
    Hearing.Outcome.FULL_ORDER: "The court made a full order.",
}
NO_RESULT = "We find out what the court decided, and tell you."
NOTHING_BINDS = (
    "There is no order now: nothing binds {him} by one. Talk to us about how to stay safe."
)
REPORTED = "Something that may break the order was reported. The police are dealing with it."
ARRESTED = (
    "{He} {was} arrested because of what was reported. {He} may be let go again before a court "
    "decides: the police tell you what comes next. In danger, ring 999."
)
KINDS = {Order.Kind.INTERIM: "temporary", Order.Kind.FULL: "full"}
EVERYWHERE = "It counts from that moment on, everywhere in the United Kingdom."
ENDED = {
    Order.EndReason.EXPIRED: "It has come to the end of its time.",
    Order.EndReason.DISCHARGED: "The court ended it.",
    Order.EndReason.APPEAL: "A higher court ended it.",
}
NOT_DONE = {
    Variation.Kind.VARY: "did not change the order",
    Variation.Kind.RENEW: "did not make the order last longer",
    Variation.Kind.DISCHARGE: "did not end the order",
}
DECIDED = {
    "charged": "{He} {was} charged with breaking the order.",
    "nfa": "The police take no further action on what was reported. You can ask for a review.",
    "other": "The police have dealt with what was reported in another way.",
}


def day(value: date | datetime) -> str:
    """Monday 30 November 2026"""
    local = value.astimezone(LONDON) if isinstance(value, datetime) else value
    return f"{local:%A} {local.day} {local:%B %Y}"


def at_time(value: datetime) -> str:
    """Friday 4 December 2026 at 10:00"""
    return f"{day(value)} at {value.astimezone(LONDON):%H:%M}"


@dataclass(frozen=True)
class Said:
    """The sentences of one matter, and what the order says to him, condition by condition."""

    sentences: str
    conditions: tuple[str, ...] = ()


def words_of(case: Case, matters: Iterable[Matter]) -> dict[UUID, Said]:
    """What each of these matters of a case says. At most eight queries, however many they are."""
    asked = list(matters)
    facts = facts_of(case, {matter.kind for matter in asked})
    pronoun = pronoun_of(case.subject)
    found = {}
    for matter in asked:
        sentences, *conditions = _said(matter, facts)
        found[matter.pk] = Said(say(pronoun, sentences), tuple(conditions))
    return found


def _said(matter: Matter, facts: Facts) -> Iterator[str]:
    """The sentences, then the conditions one by one."""
    kind, about = K(matter.kind), matter.about_id
    if kind in IN_COURT:
        yield _of_day(kind, facts.hearings[about])
    elif kind == K.CORRECTED:
        yield from _corrected(facts.corrections[about], facts)
    elif kind == K.MADE:
        yield from _made(facts.orders[about])
    elif kind in (K.VARIED, K.RENEWED):
        yield from _changed(facts.changes[about], facts)
    elif kind in (K.ENDING, K.ENDED):
        yield _ends(matter, facts)
    else:
        yield OTHERS[kind](matter, facts)


def _put_right(matter: Matter, facts: Facts) -> str:
    wrong = facts.wrongs[matter.about_id]
    now = RESULTS.get(wrong.hearing.outcome, NO_RESULT)
    of_it = wrong.hearing.outcome == Hearing.Outcome.INTERIM_ORDER
    interims = [o for o in facts.orders.values() if o.kind == Order.Kind.INTERIM]
    counts = any(o.ended_at is None for o in interims) and not of_it
    more = " The temporary order that there was before still counts." if counts else ""
    return f"What we told you of the court on {day(wrong.starts_at)} was wrong. {now}{more}"


def _declined(matter: Matter, facts: Facts) -> str:
    """In the words of the second look, where that agreed."""
    decision = facts.decisions[facts.decisions[matter.about_id].request_id]
    told = decision.told_requester.replace("{", "{{").replace("}", "}}")
    return f"The police decided not to ask the court for an order now. {told}".strip()


def _reopened(matter: Matter, facts: Facts) -> str:
    before = "The police had decided not to ask the court for an order."
    request = facts.decisions[matter.about_id].request
    if request.status == Request.Status.ACCEPTED:
        return f"{before} They looked at it again, and decided to ask the court after all."
    return f"{before} They are looking at it again, and tell you what they decide."


def _without_order(matter: Matter, facts: Facts) -> str:
    """The temporary order ends when the main application does."""
    over = any(o.end_reason == Order.EndReason.DETERMINED for o in facts.orders.values())
    more = " The temporary order has ended too: nothing binds {him} by it." if over else ""
    return f"{DETERMINED[K(matter.kind)]}{more}"


def _no_interim(matter: Matter, facts: Facts) -> str:
    """What binds him meanwhile she must know: an order that there was before, or none."""
    now = clock.now()
    bound = any(
        has_effect_at(made_at=o.made_at, last_day=o.last_day, ended_at=o.ended_at, moment=now)
        for o in facts.orders.values()
    )
    left = "The order that there was before still counts." if bound else NOTHING_BINDS
    return f"{NO_INTERIM} {left}"


def _of_day(kind: Matter.Kind, hearing: Hearing) -> str:
    on = at_time(hearing.starts_at)
    if kind == K.VACATED:
        return f"The court does not meet on {on} after all."
    if kind == K.ADJOURNED:
        return "The court put the hearing off. It has not given a new day yet."
    off = "The court put the hearing off. " if hearing.follows_id else ""
    return f"{off}The court meets on {on}, at {hearing.court}."


def _made(order: Order) -> Iterator[str]:
    replaces = " It takes the place of the temporary order." if order.replaces_interim_id else ""
    kind = KINDS[Order.Kind(order.kind)]
    lead = f"The court made a {kind} order on {day(order.made_at)}.{replaces}"
    yield f"{lead} {_lasts(order.last_day)} {EVERYWHERE} It says to {{him}}:"
    for words in order.conditions.all():
        if words.in_force.lower == order.made_at:
            yield quoted(words.text)


def _lasts(last_day: date | None) -> str:
    return f"It lasts to the end of {day(last_day)}." if last_day else "It has no end date."


def quoted(words: str) -> str:
    """The court's own words, which say "you" to him: “You must not contact Ms A.”"""
    return f"“{words}”"


def _corrected(correction: Correction, facts: Facts) -> Iterator[str]:
    """All that the order says now, in one: she need not find out what was wrong."""
    order = facts.orders[correction.order_id]
    kind, on = KINDS[Order.Kind(order.kind)], day(order.made_at)
    lead = f"What we told you of the {kind} order was not right. The court made it on {on}."
    if order.ended_at is None:
        yield f"{lead} {_lasts(order.last_day)} It says to {{him}}:"
    else:
        yield f"{lead} It ended on {_last(order.ended_at)}. Until then it said to {{him}}:"
    for words in words_at(order, last_moment(order, clock.now())):
        yield quoted(words.text)


def _last(ended_at: datetime) -> str:
    """The day on which it had effect last: a period that runs out ends with its last day."""
    return day(ended_at - timedelta(microseconds=1))


def _served(matter: Matter, facts: Facts) -> str:
    about = matter.about_id
    change = facts.changes.get(about) or facts.corrections.get(about)
    words = "the order in its new words" if change else "the order"
    for service in facts.services:
        if about == service.about:
            told = " It was explained to {him}." if service.explained else ""
            return f"{{He}} {{was}} given {words} on {at_time(service.served_at)}.{told}"
    return f"{{He}} {{was}} given {words}."


def _service_put_right(matter: Matter, facts: Facts) -> str:
    wrong = "We told you when {he} {was} given the order. That was wrong."
    for service in facts.services:
        if matter.about_id == service.pk:
            words = "the order" if service.about in facts.orders else "the order in its new words"
            told = "" if service.explained else " not"
            now = f"{{He}} {{was}} given {words} on {at_time(service.served_at)}."
            return f"{wrong} {now} It was{told} explained to {{him}}."
    return wrong


def _changed(variation: Variation, facts: Facts) -> Iterator[str]:
    on = day(variation.decided_at) if variation.decided_at else ""
    if variation.kind == Variation.Kind.RENEW:
        yield f"The court made the order last longer, on {on}. {_lasts(variation.decided_until)}"
    else:
        yield f"The court changed the order on {on}. What it says now counts already."
    for change in map(Change.read, variation.decided_changes):
        if change.term is not None and change.act is not Act.REMOVE:
            new = "New" if change.act is Act.ADD else f"Condition {change.number} is now"
            yield f"{new}: {quoted(change.term.text)}"
        else:
            was = _words_until(facts.orders[variation.order_id], change.number, variation)
            yield f"No longer in the order: {was}"


def _words_until(order: Order, number: int | None, variation: Variation) -> str:
    """What the condition said until the court took it out."""
    for words in order.conditions.all():
        if words.number == number and words.in_force.upper == variation.decided_at:
            return quoted(words.text)
    return f"condition {number}"


def _not_changed(matter: Matter, facts: Facts) -> str:
    variation = facts.changes[matter.about_id]
    if variation.status == Variation.Status.WITHDRAWN:
        return (
            "What was asked of the court about the order was taken back. The order stays as it was."
        )
    return f"The court {NOT_DONE[Variation.Kind(variation.kind)]}. It stays as it was."


def _ends(matter: Matter, facts: Facts) -> str:
    order = facts.orders[matter.about_id]
    kind = KINDS[Order.Kind(order.kind)]
    if matter.kind == K.ENDING:
        asked = any(
            one.kind == Variation.Kind.RENEW and one.status == Variation.Status.APPLIED
            for one in facts.changes.values()
        )
        more = " We have asked the court to make it last longer." if asked else ""
        last = day(order.last_day) if order.last_day else ""
        return f"The {kind} order ends with {last}. Until then it counts.{more}"
    why = ENDED.get(Order.EndReason(order.end_reason), "") if order.end_reason else ""
    others = [o for o in facts.orders.values() if o.ended_at is None and o.pk != order.pk]
    left = "" if others else " There is no order now."
    on = _last(order.ended_at) if order.ended_at else ""
    return f"The {kind} order ended on {on}. {why}{left}"


OTHERS: dict[Matter.Kind, Callable[[Matter, Facts], str]] = {
    K.PUT_RIGHT: _put_right,
    K.DECLINED: _declined,
    K.NO_INTERIM: _no_interim,
    K.REOPENED: _reopened,
    K.REFUSED: _without_order,
    K.WITHDRAWN: _without_order,
    K.SERVED: _served,
    K.SERVICE_PUT_RIGHT: _service_put_right,
    K.NOT_CHANGED: _not_changed,
    K.BREACH: lambda matter, facts: REPORTED,
    K.ARRESTED: lambda matter, facts: ARRESTED,
    K.BREACH_DECIDED: lambda matter, facts: DECIDED[matter.code],
}
