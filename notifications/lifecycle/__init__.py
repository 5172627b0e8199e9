"""The notification duties of ss9 to 11, from the service of an order to the decision on a failure."""

from notifications.lifecycle import (
    attending,
    changing,
    correcting,
    deriving,
    doubting,
    failing,
    handing,
)
from notifications.lifecycle.attending import Given, record_attendance
from notifications.lifecycle.changing import record_change, record_soa_duty, take_back_soa_duty
from notifications.lifecycle.correcting import (
    correct_attendance,
    correct_change,
    take_back_attendance,
    take_back_change,
)
from notifications.lifecycle.deriving import derive_duty
from notifications.lifecycle.doubting import decide_attendance
from notifications.lifecycle.failing import decide_failure, open_failure, suspect_false
from notifications.lifecycle.handing import hand_over, leave_unhanded

STEPS = (
    *attending.STEPS,
    *changing.STEPS,
    *correcting.STEPS,
    *doubting.STEPS,
    *failing.STEPS,
    *handing.STEPS,
)

__all__ = [
    "STEPS",
    "Given",
    "attending",
    "changing",
    "correct_attendance",
    "correct_change",
    "correcting",
    "decide_attendance",
    "decide_failure",
    "deriving",
    "derive_duty",
    "doubting",
    "failing",
    "hand_over",
    "handing",
    "leave_unhanded",
    "open_failure",
    "record_attendance",
    "record_change",
    "record_soa_duty",
    "suspect_false",
    "take_back_attendance",
    "take_back_change",
    "take_back_soa_duty",
]
