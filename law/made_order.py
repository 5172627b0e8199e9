"""All that the law has to say about an order as the court made it.

Never a reason not to record it: what a court did is a fact. Its findings are for force legal.
"""

from collections.abc import Iterator

from law import content, duration, interim
from law.conditions import period_findings
from law.content import OrderContent
from law.findings import Finding


def findings(order: OrderContent) -> list[Finding]:
    """s6, with s3 for a full order or s5(6)(a) for an interim one, and s3(3) per condition."""
    return [*content.check(order), *_period(order), *_own_periods(order)]


def _period(order: OrderContent) -> list[Finding]:
    if order.made_on is None:
        return []
    check = interim.period_findings if order.interim else duration.findings
    return check(made_on=order.made_on, last_day=order.last_day)


def _own_periods(order: OrderContent) -> Iterator[Finding]:
    if order.made_on is None:
        return
    for condition in order.conditions:
        yield from period_findings(
            made_on=order.made_on,
            order_last_day=order.last_day,
            own_last_day=condition.own_last_day,
            interim=order.interim,
        )
