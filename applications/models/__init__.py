"""From the first request for an order to the court's decision on the application."""

from applications.models.court import Authority, Hearing, WrongResult
from applications.models.drafts import (
    Application,
    ClosedCourt,
    Court,
    ProposedCondition,
    StalkingAct,
)
from applications.models.elsewhere import OtherRecord
from applications.models.requests import Request, ThresholdDecision

__all__ = [
    "Application",
    "Authority",
    "ClosedCourt",
    "Court",
    "Hearing",
    "OtherRecord",
    "ProposedCondition",
    "Request",
    "StalkingAct",
    "ThresholdDecision",
    "WrongResult",
]
