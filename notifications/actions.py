"""Writes about police stations, which have no status: the force maintains the table (s10(1))."""

from django.db import transaction

from accounts import policy
from accounts.models import Actor, Force
from accounts.roles import Permission
from audit import events
from audit.actor import acting_as
from casework.errors import Refused
from casework.lifecycle import refusing, validate
from notifications.models import Station

TAKEN = "Your force has a station of this name"


def add_station(*, by: Actor, name: str) -> Station:
    """A station of the own force at which notification may be given."""
    policy.check_role(by, Permission.MAINTAIN_PLACES)
    force = Force.objects.get(pk=by.force_id)
    with refusing(), transaction.atomic(), acting_as(by.username):
        station = Station(force=force, name=name)
        _require_new(station)
        station.save(force_insert=True)
        events.record("add_station", station, by=by.username, case_id=None)
    return station


def rename_station(station: Station, *, by: Actor, name: str) -> Station:
    """The name as it is now. Attendances name the station by its record, so they follow."""
    policy.check_own_force(by, Permission.MAINTAIN_PLACES, station.force_id, what="station")
    with refusing(), transaction.atomic(), acting_as(by.username):
        held = Station.objects.select_for_update(no_key=True).get(pk=station.pk)
        held.name = name
        _require_new(held)
        held.save(update_fields=["name"])
        events.record("rename_station", held, by=by.username, case_id=None)
    return held


def _require_new(station: Station) -> None:
    validate(station)
    same = Station.objects.filter(force=station.force, name__iexact=station.name)
    if same.exclude(pk=station.pk).exists():
        raise Refused("name", TAKEN)
