"""The initial duty to notify, as facts: does a clock run, and from which day (s9(1), (5) to (7))?

"The SOA duty" is that of Part 2 of the Sexual Offences Act 2003.
"""

from dataclasses import dataclass
from datetime import date

from law.arguments import require_days, require_days_if_given, require_not_before
from law.periods import last_day

DAYS_TO_NOTIFY = 3


def under_soa_duty(
    day: date, *, soa_from: date | None, soa_until: date | None, on_final_day: bool
) -> bool:
    """Under the SOA duty on this day? The one place that reads its days.

    on_final_day  the answer for its final day, on which it ends. False for what he must notify: s9
                  applies as from that day, s9(7). True for whether he was under it at the time when
                  an order was made, s9(6)(b): nobody knows which came first, so force legal is asked
    """
    if soa_from is None or day < soa_from:
        return False
    return soa_until is None or day < soa_until or (on_final_day and day == soa_until)


@dataclass(frozen=True)
class InitialDuty:
    """What decides whether, and from which day, names and home address must be notified.

    soa_from, soa_until  first and final day of the SOA duty; soa_until None: it continues
    order_last_day       the order's last day with effect; None: until further order, or unknown
    """

    made_on: date
    served_on: date | None
    replaces_interim: bool
    soa_from: date | None
    soa_until: date | None
    order_last_day: date | None

    def __post_init__(self) -> None:
        require_days(made_on=self.made_on)
        require_days_if_given(
            served_on=self.served_on,
            soa_from=self.soa_from,
            soa_until=self.soa_until,
            order_last_day=self.order_last_day,
        )
        require_not_before(
            "made_on", self.made_on, served_on=self.served_on, order_last_day=self.order_last_day
        )
        if self.soa_until is not None and self.soa_from is None:
            raise ValueError("soa_from is missing: soa_until was given without it")
        require_not_before("soa_from", self.soa_from, soa_until=self.soa_until)

    @property
    def exempt_when_made(self) -> bool:
        """s9(6)(b): was the person under the SOA duty at the time the order was made?"""
        return under_soa_duty(
            self.made_on, soa_from=self.soa_from, soa_until=self.soa_until, on_final_day=True
        )

    @property
    def began_after_making(self) -> bool:
        return self.soa_from is not None and self.soa_from > self.made_on

    @property
    def exempt_throughout(self) -> bool:
        """s9(5): under an SOA duty that began after the making, all through the 3 days."""
        if self.served_on is None or self.soa_from is None or not self.began_after_making:
            return False
        due = last_day(self.served_on, days=DAYS_TO_NOTIFY)
        return self.soa_from <= self.served_on and (self.soa_until is None or self.soa_until > due)

    @property
    def day_one(self) -> date | None:
        """The day the 3 days begin with; None where no clock runs (yet)."""
        if self.served_on is None or self.replaces_interim or self.exempt_throughout:
            return None
        day = self.served_on
        if self.exempt_when_made:
            if self.soa_until is None:
                return None
            day = max(day, self.soa_until)  # s9(7), but never a deadline before service
        return None if self.ended_before(day) else day

    @property
    def due(self) -> date | None:
        return None if self.day_one is None else last_day(self.day_one, days=DAYS_TO_NOTIFY)

    def ended_before(self, day: date) -> bool:
        return self.order_last_day is not None and self.order_last_day < day
