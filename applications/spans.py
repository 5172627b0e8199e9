"""When the acts were: from the first day of the first to the last day of whichever lasted longest."""

from collections.abc import Collection
from datetime import date

from applications.models import StalkingAct
from documents.layout import span


def days_of(acts: Collection[StalkingAct]) -> tuple[date, date]:
    """The first day and the last; an act that went on counts to its own last day."""
    return min(act.from_on for act in acts), max(act.until_on or act.from_on for act in acts)


def said_of(acts: Collection[StalkingAct]) -> str:
    """6 to 25 November 2026, as the court's papers write it; empty without acts."""
    return span(*days_of(acts)) if acts else ""
