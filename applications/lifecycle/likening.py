"""Whether another record with an order is of the subject: an officer says so, and nothing is merged."""

from django.db.models import F

from accounts.models import User
from applications import elsewhere
from applications.lifecycle.drafting import editing
from applications.models import Application, OtherRecord, ProposedCondition
from casework import clock
from casework.errors import refuse_all
from casework.lifecycle import validate
from people.models import Person


def answer_other_record(
    application: Application,
    *,
    by: User,
    person: Person | None,
    same: bool,
    reason: str,
    version: int | None = None,
) -> Application:
    """Say whether this record is the subject's, s2(7).

    If it is, an order binds him that nobody knew when a condition was found compatible: each condition
    is asked again.
    """
    with editing(application, by=by, section="other records", version=version) as held:
        wrong = []
        if person is None or person.pk not in {one.person.pk for one in elsewhere.bound(held)}:
            wrong.append(("person", "Select one of the records with an order in force"))
        if not reason.strip():
            wrong.append(("reason", "Enter how you know"))
        refuse_all(wrong)
        of = {"application": held, "subject": held.case.subject, "person": person}
        answer = OtherRecord.objects.filter(**of).first() or OtherRecord(**of)
        answer.case, answer.same, answer.reason = held.case, same, reason.strip()
        answer.answered_at, answer.answered_by = clock.now(), by
        validate(answer)
        answer.save()
        if same:
            found = held.conditions.filter(clash=ProposedCondition.NO_CLASH)
            found.update(clash="", version=F("version") + 1)
    return application
