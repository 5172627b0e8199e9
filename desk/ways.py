"""Where a clock leads: to the act for whoever may do it, to what it is about for everybody else."""

from django.conf import settings
from django.urls import Resolver404, resolve

from accounts.models import User
from casework import frame
from casework.models import Deadline
from casework.pages import ActView


def of(user: User, deadline: Deadline) -> str:
    """The address behind a clock's title. Asks the database nothing.

    The reader sees the case; who also holds the act's permission may do it. The others go where the
    act's result will be shown, and read in the list whose it is.
    """
    overview = frame.address("desk:overview", case=deadline.case_id)
    act = act_at(deadline.path)
    if act is None or user.may(act.step.needs):
        return deadline.path or overview
    room = act.__module__.partition(".")[0]
    names = (act.success, f"{room}:overview")
    shown = (frame.address(name, case=deadline.case_id) for name in names if name)
    return next(filter(None, shown), overview)


def act_at(path: str) -> type[ActView] | None:
    """The act whose page this is; None where the page only shows."""
    try:
        view = getattr(resolve(path, settings.ROOT_URLCONF).func, "view_class", None)
    except Resolver404:
        return None
    return view if isinstance(view, type) and issubclass(view, ActView) else None
