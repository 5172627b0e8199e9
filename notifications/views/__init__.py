"""The pages of the notification requirements: what shows them, and the acts."""

from notifications.views import correcting, duties, handing
from notifications.views.duties import Due, DutyPage, Overview

ACTS = (*duties.ACTS, *correcting.ACTS, *handing.ACTS)

__all__ = ["ACTS", "Due", "DutyPage", "Overview"]
