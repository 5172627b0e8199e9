"""The room's pages, by subject; `ACTS` are those that do something."""

from applications.views import (
    assigning,
    authority,
    conditions,
    court,
    likening,
    people,
    requests,
    sections,
)
from applications.views.court import Hearings
from applications.views.overview import Overview
from applications.views.people import People
from applications.views.requests import Asked, Requests

ACTS = (
    *requests.ACTS,
    *sections.ACTS,
    *people.ACTS,
    *conditions.ACTS,
    *likening.ACTS,
    *authority.ACTS,
    *court.ACTS,
    *assigning.ACTS,
)

__all__ = ["ACTS", "Asked", "Hearings", "Overview", "People", "Requests"]
