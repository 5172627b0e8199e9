"""What the law says to a day in court before it comes, and to what ends there. It only warns."""

from datetime import date

from applications import checks, earlier
from applications.models import Application, Hearing
from law import application as law_application
from law import duration, interim
from law.findings import Finding, warn
from law.periods import local_date


def ending_findings(application: Application, outcome: interim.Determination) -> list[Finding]:
    """s5(6)(b): what the end of the application in this way means for its interim order."""
    if earlier.interim_of(application) is None:
        return []
    return interim.determination_findings(outcome)


def lapse_findings(application: Application, *, hearing_on: date | None) -> list[Finding]:
    """s5(6)(a): does the interim order last until the hearing? None: no hearing is listed."""
    order = earlier.interim_of(application)
    if order is None or order.last_day is None:
        return []
    return interim.lapse_findings(last_day=order.last_day, hearing_on=hearing_on)


def hearing_findings(hearing: Hearing) -> list[Finding]:
    """What a hearing's day means for the application: interim order, age, a period now too short."""
    application = hearing.application
    if application is None or application.lodged_on is None:
        return []
    heard_on = local_date(hearing.starts_at)
    subject = application.case.subject
    found = lapse_findings(application, hearing_on=heard_on)
    if hearing.purpose == Hearing.Purpose.INTERIM:
        found += checks.interim_findings(application)
    if subject and subject.born_on and subject.born_on <= application.lodged_on <= heard_on:
        found += law_application.age_findings(
            born_on=subject.born_on, applied_on=application.lodged_on, heard_on=heard_on
        )
    if application.asked_until is not None and application.asked_until >= heard_on:
        too_short = duration.findings(made_on=heard_on, last_day=application.asked_until)
        found += [warn(f.provision, "asked_until", f.message) for f in too_short]
    return found
