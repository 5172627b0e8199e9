"""The pages of the notification requirements: what shows them, and the acts."""

from notifications.views import correcting, duties
from notifications.views.duties import Due, DutyPage, Overview

ACTS = (*duties.ACTS, *correcting.ACTS)

__all__ = ["ACTS", "Due", "DutyPage", "Overview"]
