"""The pages of the notification requirements: what shows them, and the acts."""

from notifications.views import attending, changing, correcting, deciding, handing
from notifications.views.duties import Due, DutyPage, Overview

ACTS = (*attending.ACTS, *changing.ACTS, *correcting.ACTS, *deciding.ACTS, *handing.ACTS)

__all__ = ["ACTS", "Due", "DutyPage", "Overview"]
