"""What is asked about notification: the facts of ss9 and 10, and nothing that the Act does not ask."""

from notifications.forms.attending import (
    AUTHORISED,
    CONSTABLE,
    AttendForm,
    CorrectAttendanceForm,
    WrongForm,
)
from notifications.forms.changing import (
    ChangeForm,
    CorrectChangeForm,
    SoaForm,
    TakeBackChangeForm,
    TakeBackForm,
)
from notifications.forms.deciding import (
    DecideAttendanceForm,
    DecideFailureForm,
    HandOverForm,
    LeaveUnhandedForm,
    SuspectFalseForm,
)
from notifications.forms.fields import (
    ELSEWHERE,
    AreaField,
)

__all__ = [
    "AUTHORISED",
    "CONSTABLE",
    "AttendForm",
    "CorrectAttendanceForm",
    "WrongForm",
    "ChangeForm",
    "CorrectChangeForm",
    "SoaForm",
    "TakeBackChangeForm",
    "TakeBackForm",
    "DecideAttendanceForm",
    "DecideFailureForm",
    "HandOverForm",
    "LeaveUnhandedForm",
    "SuspectFalseForm",
    "ELSEWHERE",
    "AreaField",
]
