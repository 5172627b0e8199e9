"""How an order came about: asked for by the police, or made by a court of its own motion."""

from datetime import date
from enum import StrEnum

from law.arguments import require_days
from law.commencement import OWN_MOTION, in_force
from law.findings import Finding, warn


class Origin(StrEnum):
    S1_APPLICATION = "s1_application"
    COURT_CONVICTION = "court_conviction"
    COURT_ACQUITTAL = "court_acquittal"

    @property
    def has_applicant(self) -> bool:
        """Is there a chief officer who applied, with the rights of s4, s5 and s7?"""
        return self is Origin.S1_APPLICATION


def findings(*, origin: Origin, made_on: date) -> list[Finding]:
    """The Crime and Policing Act 2026 lets a court make an order itself, once that is in force."""
    require_days(made_on=made_on)
    if origin.has_applicant or in_force(OWN_MOTION, made_on):
        return []
    message = (
        "The power of a court to make this order of its own motion is not known to be in force: "
        "ask force legal"
    )
    return [warn(OWN_MOTION, "origin", message)]
