"""Why a notification is due when it is, or why none is: in words, with the provision."""

from dataclasses import dataclass
from datetime import date

from law.initial_duty import InitialDuty
from law.periods import written


@dataclass(frozen=True)
class Reason:
    provision: str
    words: str


def why(duty: InitialDuty) -> list[Reason]:
    """The steps to the answer of `law.notification.initial_due`, for a page or a letter."""
    if duty.day_one is None:
        return [_why_not(duty)]
    beginning = (
        Reason(
            "s9(1)", f"3 days beginning with the day of service, so {_day(duty.day_one)} is day 1"
        )
        if duty.day_one == duty.served_on
        else Reason(
            "s9(7)",
            "3 days beginning with the final day of the sexual offences duty, "
            f"so {_day(duty.day_one)} is day 1",
        )
    )
    return [beginning, Reason("s9(1)", "Weekends and bank holidays count")]


def _why_not(duty: InitialDuty) -> Reason:
    if duty.replaces_interim:
        return Reason("s9(1)(a)", "The order replaces an interim order, which had its own deadline")
    if duty.served_on is None:
        return Reason("s9(1)", "The 3 days begin with the day of service: not served yet")
    if duty.exempt_throughout or (duty.exempt_when_made and duty.soa_until is None):
        return Reason("s9(5)", "Under the notification duty of the Sexual Offences Act 2003")
    if duty.soa_until is not None and duty.served_on <= duty.soa_until:
        return Reason("s9(6)(d)", "The order ended before the sexual offences duty did")
    return Reason("s9(1)", "The order was served after it had ended")


def _day(day: date) -> str:
    return f"{day:%A} {written(day)}"
