"""Other records that may be of the subject: what an officer answered about each."""

import uuid

from django.db import models

from accounts.models import User
from applications.models.drafts import Application


class OtherRecord(models.Model):
    """Somebody with an order in force who has the subject's name and birth date, s2(7): the same or not.

    The record stays what it is, in whichever force: nothing is merged.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="other_records"
    )
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    same = models.BooleanField()
    reason = models.CharField(max_length=200)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "subject", "person"], name="answered_once_about_a_record"
            )
        ]

    def __str__(self) -> str:
        return f"{'The same as' if self.same else 'Not'} {self.person_id}"
