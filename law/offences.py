"""The offences of s8 and s11 with their codes and penalties, and the codes of applications."""

from dataclasses import dataclass
from datetime import date

from law.arguments import require_days, require_not_before
from law.notification import Duty

GENERAL_LIMIT_APPLIES_FROM = date(2022, 5, 2)  # s8(3), s11(7): by the day of the offence
LONG, SHORT = 12, 6
# The general limit in a magistrates' court for one either-way offence, in months, by the day of
# conviction. That it fell on 30 March 2023 itself is general knowledge, not seen in a source.
GENERAL_LIMIT = (
    (date(2024, 11, 18), LONG),
    (date(2023, 3, 30), SHORT),
    (date(2022, 5, 2), LONG),
)


@dataclass(frozen=True)
class Offence:
    """An offence under the Act. All are either way, with 5 years on indictment.

    continuing      the offence goes on for as long as the failure does (s11(4))
    excuse          a reasonable excuse is an answer
    """

    code: str
    title: str
    provision: str
    pnld: str
    conditional_discharge_barred: bool = False
    continuing: bool = False
    excuse: bool = True
    maximum_months_on_indictment: int = 60
    either_way: bool = True


@dataclass(frozen=True)
class ApplicationCode:
    """A code for a kind of application, which is not an offence and never counts as one."""

    code: str
    title: str
    provision: str


@dataclass(frozen=True)
class LinkedOffence:
    """An offence of the Protection from Harassment Act 1997 that often goes with a case."""

    provision: str
    title: str
    either_way: bool
    maximum_months: int


OFFENCES = {
    offence.code: offence
    for offence in (
        Offence(
            "ST19001",
            "Breach of stalking protection order or interim order",
            "s8(1),(2)",
            "H20164",
            conditional_discharge_barred=True,  # s8(4), which s11 does not repeat
        ),
        Offence(
            "ST19002",
            "Fail to notify police within 3 days of service",
            "s9(1), s11(1)(a),(2)",
            "H20165",
            continuing=True,
        ),
        Offence(
            "ST19003",
            "Fail to notify new name within 3 days",
            "s9(3), s11(1)(a),(2)",
            "H20166",
            continuing=True,
        ),
        Offence(
            "ST19004",
            "Fail to notify new home address within 3 days",
            "s9(4), s11(1)(a),(2)",
            "H20167",
            continuing=True,
        ),
        Offence(
            "ST19005",
            "Fail to comply with request for fingerprints or photographs",
            "s10(5), s11(1)(a),(2)",
            "H20168",
        ),
        Offence(
            "ST19006",
            "Provide false information about notification",
            "s9, s11(1)(b),(2)",
            "H20169",
            excuse=False,
        ),
    )
}
BREACH, REFUSED_IDENTITY_CHECK, FALSE_NOTIFICATION = "ST19001", "ST19005", "ST19006"
FAILED_DUTY = {
    Duty.INITIAL: "ST19002",
    Duty.NEW_NAME: "ST19003",
    Duty.NEW_ADDRESS: "ST19004",
}

APPLICATION_CODES = {
    entry.code: entry
    for entry in (
        ApplicationCode("ST19501", "Apply for a stalking protection order", "s1"),
        ApplicationCode("ST19502", "Vary a stalking protection order", "s4"),
        ApplicationCode("ST19503", "Renew a stalking protection order", "s4"),
        ApplicationCode("ST19504", "Discharge a stalking protection order", "s4"),
        ApplicationCode("ST19505", "Vary an interim order", "s5(7)"),
        ApplicationCode("ST19506", "Renew an interim order", "s5(7)"),
        ApplicationCode("ST19507", "Discharge an interim order", "s5(7)"),
    )
}

APPLY = "ST19501"
TO_CHANGE = {  # by the order's kind and what is asked of it
    ("full", "vary"): "ST19502",
    ("full", "renew"): "ST19503",
    ("full", "discharge"): "ST19504",
    ("interim", "vary"): "ST19505",
    ("interim", "renew"): "ST19506",
    ("interim", "discharge"): "ST19507",
}

LINKED_OFFENCES = (
    LinkedOffence("PHA 1997 s2A", "Stalking", either_way=False, maximum_months=6),
    LinkedOffence(
        "PHA 1997 s4A",
        "Stalking: fear of violence, or serious alarm or distress",
        either_way=True,
        maximum_months=120,
    ),
)


def summary_maximum_months(*, committed_on: date, convicted_on: date) -> int:
    """s8(2)(a), s8(3), s11(2)(a), s11(7): longest sentence in a magistrates' court, in months.

    committed_on  for a failure that continues, its first day (s11(3))
    """
    require_days(committed_on=committed_on, convicted_on=convicted_on)
    require_not_before("committed_on", committed_on, convicted_on=convicted_on)
    if committed_on < GENERAL_LIMIT_APPLIES_FROM:
        return SHORT
    return next(months for first_day, months in GENERAL_LIMIT if convicted_on >= first_day)
