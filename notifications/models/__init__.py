"""The notification requirements of ss9 to 11: what he must tell the police, by when, and whether he did."""

from notifications.models.attendance import Attendance
from notifications.models.duty import Duty, Station
from notifications.models.failure import SuspectedFailure

__all__ = ["Attendance", "Duty", "Station", "SuspectedFailure"]
