"""Appeals to the Crown Court (s7): who, against what."""

from datetime import date
from enum import StrEnum

from law.arguments import require_counts, require_days
from law.findings import Finding, block, warn
from law.periods import last_day


class Appellant(StrEnum):
    SUBJECT = "subject"
    APPLICANT = "applicant"
    RELEVANT_CHIEF_OFFICER = "relevant_chief_officer"


class Decision(StrEnum):
    """What a magistrates' court decided. "s4" is to vary, renew or discharge a full order."""

    ORDER_MADE = "order_made"
    ORDER_REFUSED = "order_refused"
    INTERIM_MADE = "interim_made"
    INTERIM_REFUSED = "interim_refused"
    S4_MADE_FOR_POLICE = "s4_made_for_police"
    S4_MADE_FOR_SUBJECT = "s4_made_for_subject"
    S4_REFUSED_TO_POLICE = "s4_refused_to_police"
    S4_REFUSED_TO_SUBJECT = "s4_refused_to_subject"
    INTERIM_CHANGE_MADE = "interim_change_made"
    INTERIM_CHANGE_REFUSED = "interim_change_refused"


ROUTES = {
    (Appellant.SUBJECT, Decision.ORDER_MADE): "s7(1)(a)",
    (Appellant.SUBJECT, Decision.INTERIM_MADE): "s7(1)(b)",
    (Appellant.SUBJECT, Decision.S4_MADE_FOR_POLICE): "s7(1)(c)",
    (Appellant.SUBJECT, Decision.S4_REFUSED_TO_SUBJECT): "s7(1)(d)",
    (Appellant.APPLICANT, Decision.ORDER_REFUSED): "s7(2)(a)",
    (Appellant.APPLICANT, Decision.INTERIM_REFUSED): "s7(2)(b)",
    (Appellant.APPLICANT, Decision.S4_REFUSED_TO_POLICE): "s7(2)(c)",
    (Appellant.RELEVANT_CHIEF_OFFICER, Decision.S4_MADE_FOR_SUBJECT): "s7(3)",
}
INTERIM_CHANGES = frozenset({Decision.INTERIM_CHANGE_MADE, Decision.INTERIM_CHANGE_REFUSED})


def route(appellant: Appellant, decision: Decision) -> str | None:
    """The provision under which this appeal lies; None where s7 has none."""
    return ROUTES.get((appellant, decision))


def findings(appellant: Appellant, decision: Decision) -> list[Finding]:
    """s7: no appeal but those listed, and none about changes to an interim order."""
    if route(appellant, decision):
        return []
    if decision in INTERIM_CHANGES:
        message = "The Act gives no appeal about varying, renewing or discharging an interim order"
        return [block("s7", "decision", message)]
    return [block("s7", "appellant", "The Act gives this party no appeal against this decision")]


def notice_due(*, decided_on: date, notice_days: int) -> date:
    """Last day to give notice, `notice_days` after the decision. The Act itself sets no limit."""
    require_days(decided_on=decided_on)
    require_counts(notice_days=notice_days)
    return last_day(decided_on, days=notice_days + 1)


def notice_findings() -> list[Finding]:
    """What is not certain about every appeal, to show beside it."""
    return [
        warn("s7", "notice_days", "The time limit comes from rules of court: check it there"),
        warn("s7", "stay", "The order stays in force meanwhile, unless the court says otherwise"),
    ]
