"""What the subject must tell the police, and by when (s9).

The initial duty runs 3 days beginning with the day of service. It does not run for a full order
that replaces an interim one, nor while the person is under the duty of Part 2 of the Sexual
Offences Act 2003 ("the SOA duty"). A variation or a renewal starts no new duty (R4.7): ask only
about the order itself.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from law.arguments import require_days, require_days_if_given, require_not_before
from law.findings import Finding, warn
from law.initial_duty import DAYS_TO_NOTIFY, InitialDuty, under_soa_duty
from law.periods import last_day, next_day, written

INFORMATION = ("name", "every other name used", "home address")  # s9(2), and nothing else


class Duty(StrEnum):
    INITIAL = "initial"
    NEW_NAME = "new_name"
    NEW_ADDRESS = "new_address"

    @property
    def provision(self) -> str:
        return {"initial": "s9(1)", "new_name": "s9(3)", "new_address": "s9(4)"}[self.value]


class AtService(StrEnum):
    """What the sheet that is served with an order says of its initial notification."""

    MUST = "must"  # s9(1)
    REPLACED = "replaced"  # s9(1)(a): owed since the interim order was served
    EXEMPT = "exempt"  # s9(5): not while the SOA duty lasts
    UNCLEAR = "unclear"  # the Act, or what is known, leaves it open


@dataclass(frozen=True)
class EarlierInterim:
    """The interim order that came before a full one, as far as it is known.

    last_day  its last day with effect: the end of its period, or the day it was replaced
    """

    served_on: date | None
    last_day: date
    notified_on: date | None = None


def initial_due(
    *,
    made_on: date,
    served_on: date | None,
    replaces_interim: bool = False,
    soa_from: date | None = None,
    soa_until: date | None = None,
    order_last_day: date | None = None,
) -> date | None:
    """Last day to notify names and home address; None where s9(1) asks for nothing (yet).

    s9(1)      3 days beginning with the day of service
    s9(1)(a)   not for a full order that replaces an interim order
    s9(5)      not while under the SOA duty, which runs from `soa_from` to its final day
               `soa_until` (None: it continues)
    s9(6), (7) where that duty ran when the order was made, and the order has effect on the final
               day, the final day stands in for the day of service
    """
    facts = InitialDuty(made_on, served_on, replaces_interim, soa_from, soa_until, order_last_day)
    return facts.due


def at_service(facts: InitialDuty, *, earlier_interim: EarlierInterim | None = None) -> AtService:
    """What he can be told about s9(1) as he is given the order, before anybody knows that day.

    earlier_interim  the one that was replaced; not given: it is not known whether it was served
    """
    if facts.exempt_when_made and facts.soa_until is None:
        return AtService.EXEMPT
    if facts.soa_from is not None:
        return AtService.UNCLEAR
    if not facts.replaces_interim:
        return AtService.MUST
    if earlier_interim is None or earlier_interim.served_on is None:
        return AtService.UNCLEAR  # s9(1)(a) read by its words: no deadline ever started
    return AtService.REPLACED


def findings(
    *,
    made_on: date,
    served_on: date | None,
    replaces_interim: bool = False,
    soa_from: date | None = None,
    soa_until: date | None = None,
    order_last_day: date | None = None,
    earlier_interim: EarlierInterim | None = None,
) -> list[Finding]:
    """What the Act leaves open about `initial_due`; each is a question for force legal.

    earlier_interim  makes the answers about a replaced interim order exact; where it is not
                     given and one was replaced, the finding asks to check that it was served
    """
    facts = InitialDuty(made_on, served_on, replaces_interim, soa_from, soa_until, order_last_day)
    return [
        *_about_the_interim(facts, earlier_interim),
        *_about_the_soa_duty(facts),
        *_about_the_end(facts),
    ]


def change_due(happened_on: date) -> date:
    """s9(3), s9(4): last day to notify a name first used, or an address changed, on this day."""
    require_days(happened_on=happened_on)
    return last_day(happened_on, days=DAYS_TO_NOTIFY)


def change_findings(provision: str, *, bound_when_due: bool) -> list[Finding]:
    """s9(3), s9(4): he was bound on the day of the change; was he still on the last day to notify it?"""
    return [] if bound_when_due else [_ask(provision, "order_last_day", DUE_AFTER_THE_END)]


def change_asked(*, happened_on: date, told_on: date | None) -> bool:
    """s9(3), s9(4): does a change start a clock? Not where it was notified in advance."""
    require_days(happened_on=happened_on)
    require_days_if_given(told_on=told_on)
    return told_on is None or told_on > happened_on


def told_before_findings(
    provision: str, *, happened_on: date, told_on: date | None
) -> list[Finding]:
    """s9(3), s9(4): the police had been told the name, or the address, by the day of the change.

    told_on  the day on which he notified it; None: he had not
    """
    if change_asked(happened_on=happened_on, told_on=told_on) or told_on is None:
        return []
    return [_ask(provision, "happened_on", TOLD_BEFORE.format(written(told_on)))]


def exempt_on(day: date, *, soa_from: date | None, soa_until: date | None) -> bool:
    """s9(5): under the SOA duty on this day, which s9(7) ends as from its final day."""
    require_days(day=day)
    require_days_if_given(soa_from=soa_from, soa_until=soa_until)
    require_not_before("soa_from", soa_from, soa_until=soa_until)
    return under_soa_duty(day, soa_from=soa_from, soa_until=soa_until, on_final_day=False)


def default_from(due: date) -> date:
    """s11(3): the first day of a failure, the day after the last day to notify."""
    require_days(due=due)
    return next_day(due)


def _about_the_interim(facts: InitialDuty, interim: EarlierInterim | None) -> list[Finding]:
    if interim is not None:
        require_days(last_day=interim.last_day)
        require_days_if_given(served_on=interim.served_on, notified_on=interim.notified_on)
        if interim.last_day < facts.made_on:
            return [_ask("s9(1)(a)", "replaces_interim", LAPSED)]
    if not facts.replaces_interim:
        return []
    if interim is None:
        return [_ask("s9(1)(a)", "replaces_interim", CHECK_INTERIM_SERVED)]
    if interim.served_on is None:
        return [_ask("s9(1)(a)", "replaces_interim", INTERIM_NEVER_SERVED)]
    due = last_day(interim.served_on, days=DAYS_TO_NOTIFY)
    if interim.notified_on is not None and interim.notified_on <= due:
        return []
    return [_ask("s9(1)(a)", "replaces_interim", INTERIM_STILL_DUE.format(written(due)))]


def _about_the_soa_duty(facts: InitialDuty) -> list[Finding]:
    if facts.exempt_when_made and facts.soa_until is not None:
        return _about_the_final_day(facts, facts.soa_until)
    if facts.served_on is None or facts.replaces_interim or not facts.began_after_making:
        return []
    if facts.soa_from is not None and facts.ended_before(facts.soa_from):
        return []
    if facts.soa_until is not None and facts.soa_until < facts.served_on:
        return []
    return [_ask("s9(6)(b)", "soa_from", SOA_AFTER_MAKING)]


def _about_the_final_day(facts: InitialDuty, final_day: date) -> list[Finding]:
    if facts.ended_before(final_day):
        return []  # s9(6)(d): no duty, and no doubt
    if facts.replaces_interim:
        return [_ask("s9(6)(a)", "soa_until", FINAL_DAY_AND_REPLACED)]
    if facts.served_on is None or facts.served_on > final_day:
        return [_ask("s9(7)", "served_on", FINAL_DAY_BEFORE_SERVICE)]
    return []


def service_findings(*, served_on: date, order_last_day: date | None) -> list[Finding]:
    """s9(1): service of an order that has no effect any more is a fact, and starts nothing."""
    require_days(served_on=served_on)
    require_days_if_given(order_last_day=order_last_day)
    if order_last_day is None or served_on <= order_last_day:
        return []
    return [_ask("s9(1)", "served_on", SERVED_AFTER_THE_END)]


def _about_the_end(facts: InitialDuty) -> list[Finding]:
    if facts.order_last_day is None or facts.served_on is None:
        return []
    if found := service_findings(served_on=facts.served_on, order_last_day=facts.order_last_day):
        return found
    if facts.due is not None and facts.due > facts.order_last_day:
        return [_ask("s9(1)", "order_last_day", DUE_AFTER_THE_END)]
    return []


def _ask(provision: str, field: str, message: str) -> Finding:
    return warn(provision, field, f"{message} Ask force legal.")


LAPSED = (
    "The interim order had lapsed when the full order was made. The Act does not say whether the "
    "full order still replaces it: treat it as not replacing, and keep the deadline."
)
CHECK_INTERIM_SERVED = (
    "No new deadline, because this order replaces an interim one. Check that the interim order "
    "was served: if it was not, no deadline ever started."
)
INTERIM_NEVER_SERVED = (
    "No deadline: this order replaces an interim order that was never served, so that none ever "
    "started."
)
INTERIM_STILL_DUE = (
    "The interim order’s deadline of {} was not met before this order replaced it. The Act does "
    "not say what becomes of it: keep that deadline."
)
SOA_AFTER_MAKING = (
    "The sexual offences duty began after this order was made. When it ends the Act starts no new "
    "deadline for this order; later changes of name or address must be notified again."
)
FINAL_DAY_AND_REPLACED = (
    "The sexual offences duty ended while an order was in effect that replaces an interim one. "
    "The Act does not say whether a deadline starts then."
)
FINAL_DAY_BEFORE_SERVICE = (
    "The sexual offences duty ended before this order was served. The Act counts from that final "
    "day, before anybody could know of the order: no deadline is counted before service."
)
TOLD_BEFORE = (
    "He notified this on {}, no later than the day of the change. What is notified in advance starts "
    "no deadline: it may be that nothing had to be notified."
)
SERVED_AFTER_THE_END = "The order was served after it had ended: no deadline is counted."
DUE_AFTER_THE_END = (
    "The deadline falls after the order’s last day. The Act does not say whether it is then "
    "still to be kept: keep it."
)
