"""What must be known of the subject before the papers can say where, and at which court."""

from datetime import date

from applications.content import address_of
from applications.models import Application
from law import application as law
from law.findings import PRACTICE, Finding, warn


def subject_findings(application: Application, *, applied_on: date) -> list[Finding]:
    """What is not known of the subject, or bears on where the application is made."""
    return [*youth_findings(application, applied_on=applied_on), *address_findings(application)]


def youth_findings(application: Application, *, applied_on: date) -> list[Finding]:
    """s14(1): which court, by the age at the application."""
    subject = application.case.subject
    if subject is None or subject.born_on is None:
        message = "Without a date of birth nobody can say whether this goes to the youth court"
        return [warn("s14(1)", "born_on", message)]
    if subject.born_on > applied_on:
        return []
    court = law.court_for(born_on=subject.born_on, applied_on=applied_on)
    if court is law.Court.MAGISTRATES:
        return []
    return [warn("s14(1)", "court", "The subject is under 18: apply to the youth court")]


def address_findings(application: Application) -> list[Finding]:
    """The complaint names where the subject lives, or is silent: nobody was asked why it is not known."""
    if application.case.subject is None or address_of(application.case):
        return []
    message = "No address of the subject is recorded, so the court is told of none"
    return [warn(PRACTICE, "subject_address", message)]
