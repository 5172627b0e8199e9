"""How long a case may wait at each stage, from where the force's limits are: with the clocks themselves."""

from dataclasses import dataclass
from datetime import date, timedelta

from applications.lifecycle.authority import AUTHORISE_WITHIN
from applications.lifecycle.clocks import (
    DECIDE_WITHIN,
    LOOK_AGAIN_WITHIN,
    RESULT_WITHIN,
    SEND_WITHIN,
    WORKING_DAYS_TO_LIST,
)
from law.bank_holidays import ENGLAND_AND_WALES
from law.periods import working_day_after
from orders.lifecycle.clocks import TIME_TO_SERVE

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """So many days, or so many working days."""

    days: int
    working: bool = False

    def __str__(self) -> str:
        return f"{self.days} {'working ' if self.working else ''}day{'' if self.days == 1 else 's'}"

    def drawn_on(self, today: date) -> int:
        """The days of the calendar after which something is late today: more where a weekend or a bank
        holiday lies in it."""
        if not self.working:
            return self.days
        ago = self.days
        while self._last_day(today - (ago + 1) * DAY) >= today:
            ago += 1
        return ago

    def _last_day(self, since: date) -> date:
        return working_day_after(since, self.days, bank_holidays=ENGLAND_AND_WALES)


AHEAD, HEARD = "hearing", "result_hearing"
STAGES = (  # the name, the clock, and its limit; None: a day that the court has listed
    ("Request to decision", "decide_request", Limit(DECIDE_WITHIN.days)),
    ("Second look", "look_again", Limit(LOOK_AGAIN_WITHIN.days)),
    ("Drafting", "send_application", Limit(SEND_WITHIN.days)),
    ("Authority", "authorise", Limit(AUTHORISE_WITHIN.days)),
    ("Lodged, no hearing", "list_hearing", Limit(WORKING_DAYS_TO_LIST, working=True)),
    ("Hearing to come", AHEAD, None),
    ("Result of a hearing", HEARD, Limit(RESULT_WITHIN.days)),
    ("Made, not served", "serve_order", Limit(TIME_TO_SERVE.days)),
)
