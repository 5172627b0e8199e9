"""Where a clock or an alert leads: to the act for whoever may do it, to what it is about for others."""

from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.urls import Resolver404, resolve

from accounts.models import User
from casework import frame
from casework.pages import ActView


class Leading(Protocol):
    """A clock, or an alert: the page to which it leads, and its case where it is about one."""

    path: str
    case_id: UUID | None


def of(user: User, leading: Leading) -> str:
    """The address behind its title. Asks the database nothing.

    The reader sees the case; who also holds the act's permission may do it. The others go where the
    act's result will be shown, and read in the list whose it is.
    """
    if leading.case_id is None:
        return leading.path
    overview = frame.address("desk:overview", case=leading.case_id)
    act = act_at(leading.path)
    if act is None or user.may(act.step.needs):
        return leading.path or overview
    room = act.__module__.partition(".")[0]
    names = (act.success, f"{room}:overview")
    shown = (frame.address(name, case=leading.case_id) for name in names if name)
    return next(filter(None, shown), overview)


def act_at(path: str) -> type[ActView] | None:
    """The act whose page this is; None where the page only shows."""
    try:
        view = getattr(resolve(path, settings.ROOT_URLCONF).func, "view_class", None)
    except Resolver404:
        return None
    return view if isinstance(view, type) and issubclass(view, ActView) else None
