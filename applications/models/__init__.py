"""From the first request for an order to the court's decision on the application."""

from applications.models.court import Authority, Hearing
from applications.models.drafts import (
    Application,
    ClosedCourt,
    Court,
    ProposedCondition,
    StalkingAct,
)
from applications.models.requests import Request, ThresholdDecision

__all__ = [
    "Application",
    "Authority",
    "ClosedCourt",
    "Court",
    "Hearing",
    "ProposedCondition",
    "Request",
    "StalkingAct",
    "ThresholdDecision",
]
