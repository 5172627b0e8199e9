"""Which fact a protected person is told of, by when, and why by then: all of it, on one page.

The Victims' Code gives days for what happens to a crime and its suspect; for what happens to an order
as such it gives none, so force policy does, in hours or by the Code's days for what is most like it.
Whoever tells is always the officer in the case, or whoever a breach was given to.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from contact.models import Matter
from law import victims_code
from law.bank_holidays import ENGLAND_AND_WALES
from law.findings import Finding
from law.periods import end_instant, local_date
from law.victims_code import Event

K = Matter.Kind
POLICY, CODE = "force policy", "Victims’ Code"
A_DAY, AT_ONCE = timedelta(hours=24), timedelta(hours=2)


@dataclass(frozen=True)
class Due:
    """The first moment at which it is late, and how a page says it."""

    at: datetime
    whole_day: bool


@dataclass(frozen=True)
class Rule:
    """The limit of one kind of matter: hours by force policy, or the Code's working days.

    short    on the case's tag: "Not told: order made"
    why      the reason that its clock gives, for "him", "her" or "them"
    of_crime whether the Code itself asks for it, or the force goes by the Code's days
    typed    known only once it is typed: she may have heard it in court before
    clock    the kind of its deadline, by which its ladder of alerts is found
    bare     the reason where no order has effect in the case, if it is another one
    """

    short: str
    why: str
    within: timedelta | None = None
    event: Event | None = None
    of_crime: bool = False
    typed: bool = False
    clock: str = "tell_what_happened"
    bare: str = ""

    @property
    def provision(self) -> str:
        return CODE if self.of_crime else POLICY

    def due(self, happened_at: datetime) -> Due:
        if self.within is not None:
            return Due(happened_at + self.within, whole_day=False)
        if self.event is None:
            raise ValueError("a rule has hours or an event of the Code")
        day = victims_code.tell_by(
            self.event, happened_on=local_date(happened_at), bank_holidays=ENGLAND_AND_WALES
        )
        return Due(end_instant(day), whole_day=True)

    def findings(self, happened_at: datetime) -> list[Finding]:
        """What of the limit rests on knowledge alone. A warning, where the Code itself asks."""
        if self.event is None or not self.of_crime:
            return []
        return victims_code.findings(self.event, happened_on=local_date(happened_at))


RULES: dict[str, Rule] = {
    K.DECLINED: Rule(
        "not applying",
        "1 working day, as the Code has it for a decision not to investigate",
        event=Event.NOT_INVESTIGATED,
    ),
    K.REOPENED: Rule(
        "decision undone",
        "1 working day, as for the decision not to apply: the person was told of that",
        event=Event.NOT_INVESTIGATED,
        typed=True,
    ),
    K.LISTED: Rule(
        "hearing",
        "1 working day, as the Code has it for a first hearing",
        event=Event.FIRST_HEARING,
        typed=True,
    ),
    K.VACATED: Rule(
        "hearing off",
        "1 working day, as the Code has it for a first hearing",
        event=Event.FIRST_HEARING,
        typed=True,
    ),
    K.ADJOURNED: Rule(
        "hearing put off",
        "1 working day, as the Code has it for an outcome in court",
        event=Event.COURT_OUTCOME,
        typed=True,
    ),
    K.PUT_RIGHT: Rule(
        "result put right",
        "24 hours after it was put right: the person was told something wrong",
        within=A_DAY,
        typed=True,
    ),
    K.NO_INTERIM: Rule(
        "no temporary order",
        "24 hours after the start of the hearing: no temporary order was made, the application goes on",
        within=A_DAY,
        typed=True,
        bare="24 hours after the start of the hearing: no temporary order was made. "
        "Nothing binds {him}: plan for safety",
    ),
    K.REFUSED: Rule(
        "no order made",
        "24 hours after the start of the hearing: the court refused, and nothing binds {him}",
        within=A_DAY,
        typed=True,
    ),
    K.WITHDRAWN: Rule(
        "application withdrawn",
        "24 hours after it was withdrawn: no order is made on it",
        within=A_DAY,
        typed=True,
    ),
    K.MADE: Rule("order made", "24 hours after the order was made", within=A_DAY),
    K.SERVED: Rule("order served", "24 hours after {he} {was} given it", within=A_DAY),
    K.SERVICE_PUT_RIGHT: Rule(
        "service put right",
        "24 hours after it was put right: the person was told something wrong",
        within=A_DAY,
        typed=True,
    ),
    K.VARIED: Rule("order changed", "24 hours after the court changed it", within=A_DAY),
    K.RENEWED: Rule("order renewed", "24 hours after the court renewed it", within=A_DAY),
    K.NOT_CHANGED: Rule(
        "order not changed",
        "1 working day, as the Code has it for an outcome in court",
        event=Event.COURT_OUTCOME,
    ),
    K.CORRECTED: Rule(
        "order put right",
        "24 hours after it was put right: the person was told something wrong",
        within=A_DAY,
        typed=True,
    ),
    K.ENDING: Rule(
        "order ending",
        "24 hours after the last weeks of the order began",
        within=A_DAY,
        typed=True,
    ),
    K.ENDED: Rule(
        "order ended", "24 hours after it ended: nothing binds {him} by it", within=A_DAY
    ),
    K.BREACH: Rule(
        "breach",
        "The person is told within 2 hours of the report, by the way that is safe",
        within=AT_ONCE,
        clock="tell_protected_person",
    ),
    K.ARRESTED: Rule(
        "arrest",
        "1 working day after the arrest",
        event=Event.ARRESTED,
        of_crime=True,
    ),
    K.BREACH_DECIDED: Rule(
        "decision on the breach",
        "1 working day after a decision to charge, or not to",
        event=Event.CHARGE_DECISION,
        of_crime=True,
    ),
}
CLOCKS = frozenset(rule.clock for rule in RULES.values())
