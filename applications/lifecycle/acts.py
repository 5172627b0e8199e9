"""The acts associated with stalking, s1(1)(a), as the application tells them."""

from datetime import date, time
from typing import Any

from accounts.models import User
from applications import safety
from applications.lifecycle.drafting import editing, require_silent
from applications.models import Application, StalkingAct
from casework import clock
from casework.errors import Stale, refuse_all
from casework.guessing import require_patience
from casework.lifecycle import held as now
from casework.lifecycle import validate


def add_act(
    application: Application,
    *,
    by: User,
    kind: str,
    from_on: date,
    description: str,
    until_on: date | None = None,
    time: time | None = None,
    place: str = "",
    exhibit: str = "",
    online: bool = False,
    version: int | None = None,
) -> StalkingAct:
    """Record one act associated with stalking, s1(1)(a), of the kinds of s2A(3) or another."""
    act = StalkingAct(
        kind=kind,
        from_on=from_on,
        until_on=until_on,
        time=time,
        place=place,
        description=description,
        exhibit=exhibit,
        online=online,
    )
    with editing(application, by=by, section="acts", version=version) as held:
        act.application, act.case = held, held.case
        _require_past(act)
        require_patience(by)
        confidential = safety.confidential_of_case(held)
        require_silent(safety.given_away_by_act(act, confidential), held)
        validate(act)
        act.save(force_insert=True)
    return act


def edit_act(
    act: StalkingAct, *, by: User, version: int | None = None, **facts: Any
) -> StalkingAct:
    """Write an act otherwise. `version` is the act's own: others may write at others."""
    with editing(act.application, by=by, section="acts"):
        held = now(act)
        if version is not None and held.version != version:
            raise Stale("Somebody saved this act since you opened it.")
        held.version += 1
        for name, value in facts.items():
            setattr(held, name, value)
        _require_past(held)
        require_patience(by)
        confidential = safety.confidential_of_case(held.application)
        require_silent(safety.given_away_by_act(held, confidential), held.application)
        validate(held)
        held.save()
    return held


def remove_act(act: StalkingAct, *, by: User) -> None:
    """It cannot be shown, or it was not one."""
    with editing(act.application, by=by, section="acts"):
        now(act).delete()


def _require_past(act: StalkingAct) -> None:
    days = (("from_on", act.from_on), ("until_on", act.until_on))
    wrong = [
        (field, "The day of the act must be today or in the past")
        for field, day in days
        if day is not None and day > clock.today()
    ]
    if act.until_on is not None and act.until_on < act.from_on:
        wrong.append(("until_on", "The last day must be the same as or after the first day"))
    refuse_all(wrong)
