"""Interim orders (s5): only beside an undetermined main application, only for a fixed period."""

from datetime import date, datetime
from enum import StrEnum

from law.arguments import (
    require_days,
    require_days_if_given,
    require_moments,
    require_moments_if_given,
    require_not_before,
)
from law.duration import has_effect_at
from law.findings import Finding, block, warn
from law.periods import end_instant, utc, written


class Determination(StrEnum):
    """How the main application came to its end."""

    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


def asking_findings(
    *,
    main_application_made: bool,
    main_application_determined: bool,
    applicant_force: str,
    main_applicant_force: str | None,
    reason: str = "",
) -> list[Finding]:
    """s5(1), (2): may this chief officer ask for an interim order?

    main_application_made  made already, or made together with this one
    reason                 why an interim order is appropriate (s5(3))
    """
    if not main_application_made:
        message = "An interim order can only be asked for with, or after, the main application"
        return [block("s5(2)", "main_application", message)]
    found = []
    if main_application_determined:
        message = "The main application is determined: there is nothing to bridge until"
        found.append(block("s5(1)", "main_application", message))
    if applicant_force != main_applicant_force:
        message = "Only the chief officer who makes the main application can ask for an interim"
        found.append(block("s5(2)", "applicant_force", message))
    if not reason.strip():
        found.append(warn("s5(3)", "reason", "Say why an interim order is appropriate"))
    return found


def period_findings(*, made_on: date, last_day: date | None) -> list[Finding]:
    """s5(6)(a): a fixed period of any length, never "until a further order"."""
    require_days(made_on=made_on)
    require_days_if_given(last_day=last_day)
    require_not_before("made_on", made_on, last_day=last_day)
    if last_day is not None:
        return []
    return [block("s5(6)(a)", "last_day", "An interim order must be for a fixed period")]


def ends_at(*, last_day: date, determined_at: datetime | None) -> datetime:
    """s5(6): the first moment without effect, in UTC: period over, or main application determined.

    An order discharged before that ends by its own order, which this does not know.
    """
    require_moments_if_given(determined_at=determined_at)
    period_over = end_instant(last_day)
    return period_over if determined_at is None else min(period_over, utc(determined_at))


def determination_findings(outcome: Determination) -> list[Finding]:
    """s5(6)(b) ends the interim order on determination; whether withdrawal is one is not said."""
    if outcome is not Determination.WITHDRAWN:
        return []
    message = (
        "Withdrawal is treated as the end of the interim order, but the Act says determination: "
        "ask force legal, and ask the court to discharge it"
    )
    return [warn("s5(6)(b)", "outcome", message)]


def replaced_by_full(
    *,
    made_at: datetime,
    last_day: date | None,
    ended_at: datetime | None,
    full_made_at: datetime,
) -> bool:
    """s9(1)(a): does a full order replace this interim one, or had it already lapsed?

    By the moment: one discharged in the morning is not replaced in the afternoon. The full order's
    own making ends the interim, so `ended_at`, the first moment without effect, may be that moment.
    """
    require_moments(made_at=made_at, full_made_at=full_made_at)
    require_moments_if_given(ended_at=ended_at)
    if ended_at is not None and utc(made_at) <= utc(ended_at) == utc(full_made_at):
        ended_at = None
    return has_effect_at(made_at=made_at, last_day=last_day, ended_at=ended_at, moment=full_made_at)


def lapse_findings(*, last_day: date, hearing_on: date | None) -> list[Finding]:
    """s5(6)(a): an interim order that ends before the next hearing leaves nobody protected."""
    require_days(last_day=last_day)
    require_days_if_given(hearing_on=hearing_on)
    ends = f"The interim order ends with {written(last_day)}"
    if hearing_on is None:
        return [warn("s5(6)(a)", "hearing_on", f"{ends}, and no hearing is listed")]
    if hearing_on <= last_day:
        return []
    message = f"{ends}, before the hearing on {written(hearing_on)}: ask the court to renew it"
    return [warn("s5(6)(a)", "hearing_on", message)]
