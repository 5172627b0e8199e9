"""Whether a force's alerts can reach somebody: what is set, what is missing, and where each is mended."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import Force, Unit, User
from accounts.roles import CONFIRMERS, Role
from applications.models import Court
from notifications.models import Station

R = Role
NEEDED: tuple[tuple[Role, str], ...] = (
    (R.STALKING_LEAD, "What is late, declined or asked for anew climbs to nobody"),
    (R.AUTHORISING_OFFICER, "Nobody can authorise an application, and alerts climb no further"),
    (R.OFFICER, "Nobody can have a case"),
    (R.LEGAL, "Clocks on hearings and their results are held by nobody"),
    (R.OFFENDER_MANAGER, "Clocks on notifications, and on failures to notify, are held by nobody"),
    (R.CONTROL_ROOM, "Nobody can take an alert that the duty inbox was sent"),
    (R.PROFESSIONAL_STANDARDS, "Alarms about a restricted case reach nobody"),
)
ADD, ACCOUNTS, PLACES = ("desk:add_account", "Add an account"), "desk:accounts", "desk:places"


@dataclass(frozen=True)
class Fact:
    """One thing that alerts need. `follows`, where it is missing, says what happens until it is mended.

    stops  somebody is not told: what else is missing only makes the work harder
    """

    what: str
    stands: str
    follows: str = ""
    mend: tuple[str, str] = ("", "")  # the page where it is done, and its link
    stops: bool = False


@dataclass(frozen=True)
class Held:
    """How many open accounts have a role, and how many of these can be told by email."""

    accounts: int = 0
    told: int = 0


def held(force_id: str | None) -> dict[str, Held]:
    """Who is there, by role. One query."""
    rows = User.objects.filter(force_id=force_id, is_active=True).order_by().values("role")
    counted = rows.annotate(accounts=Count("pk"), told=Count("pk", filter=~Q(email="")))
    return {row["role"]: Held(row["accounts"], row["told"]) for row in counted}


def pressing(force: Force, roles: dict[str, Held]) -> list[Fact]:
    """What stands between an alert and somebody who reads it: the duty inbox, and each role."""
    return [fact for fact in (_inbox(force), *_roles(roles)) if fact.follows]


def facts(force: Force) -> list[Fact]:
    """All of it, what is missing and what is set."""
    roles = held(force.pk)
    return [_inbox(force), *_roles(roles), _confirmers(roles), *_people(force), *_places(force)]


def _inbox(force: Force) -> Fact:
    mend = ("desk:name_duty_inbox", "Name the duty inbox")
    if force.duty_inbox:
        return Fact("Duty inbox", force.duty_inbox, mend=("desk:name_duty_inbox", "Change it"))
    follows = "A breach that is reported at night is told to no place that is read day and night"
    return Fact("Duty inbox", "None is named", follows, mend, stops=True)


def _roles(roles: dict[str, Held]) -> Iterator[Fact]:
    for role, follows in NEEDED:
        there, name = roles.get(role, Held()), role.called.capitalize()
        if not there.accounts:
            yield Fact(name, "Nobody", follows, ADD, stops=True)
        elif not there.told:
            stands = f"{many(there.accounts, 'account')}, without an email address"
            mend = (ACCOUNTS, "Give an account its address")
            yield Fact(
                name, stands, "Alerts to this role lie unread until somebody signs in", mend, True
            )
        else:
            yield Fact(name, many(there.accounts, "account"))


def _confirmers(roles: dict[str, Held]) -> Fact:
    count = sum(roles.get(role, Held()).accounts for role in CONFIRMERS)
    what, stands = "People who can confirm an account", many(count, "account")
    if count > 1:
        return Fact(what, stands)
    return Fact(what, stands, "Accounts with power over others wait for a second person", ADD)


def _people(force: Force) -> Iterator[Fact]:
    """Officers without a unit or somebody above them, and units with nobody or no number."""
    officers = User.objects.filter(force=force, role=R.OFFICER, is_active=True)
    above = Q(line_manager__is_active=True)
    counts = officers.aggregate(
        unit=Count("pk", filter=Q(unit=None)), line=Count("pk", filter=~above)
    )
    if counts["unit"]:
        follows = "They see no case but those that they are given by name"
        stands = f"{many(counts['unit'], 'officer')} without one"
        yield Fact("Units of officers", stands, follows, (ACCOUNTS, "Put them into a unit"))
    if counts["line"]:
        follows = (
            "Where they do not answer an alert, its second rung has nobody but the stalking lead"
        )
        stands = f"{many(counts['line'], 'officer')} without one"
        yield Fact(
            "Line managers of officers", stands, follows, (ACCOUNTS, "Name their line managers")
        )
    yield from _units(force)


def _units(force: Force) -> Iterator[Fact]:
    people = User.objects.filter(unit=OuterRef("pk"), is_active=True)
    units = list(Unit.objects.filter(force=force).annotate(manned=Exists(people)).order_by("name"))
    if not units:
        yield Fact(
            "Units",
            "None",
            "No officer sees a case of a colleague",
            ("desk:add_unit", "Add a unit"),
        )
        return
    for what, names, follows, mend in (
        ("Units with nobody in them", [u.name for u in units if not u.manned], EMPTY, FILL),
        ("Units without a number", [u.name for u in units if not u.phone], SILENT, NUMBER),
    ):
        if names:
            yield Fact(what, listed(names), follows, mend)


EMPTY, FILL = "A case of such a unit has no colleague who sees it", (ACCOUNTS, "Put people into it")
SILENT = "Advocates, and forces that check an order, read no number to ring"
NUMBER = (ACCOUNTS, "Enter its number")


def _places(force: Force) -> Iterator[Fact]:
    stations = Station.objects.filter(force=force).count()
    used = Court.objects.exclude(closings__force=force).count()
    add_station, add_court = (
        ("desk:add_station", "Add a police station"),
        ("desk:add_court", "Add a court"),
    )
    for what, count, follows, mend in (
        ("Police stations", stations, "No attendance can be recorded at one", add_station),
        ("Courts in use", used, "No hearing can be listed", add_court),
    ):
        missing = (follows, mend) if not count else ("", (PLACES, ""))
        yield Fact(what, str(count) if count else "None", *missing)


def listed(names: list[str]) -> str:
    """The first few, and how many more."""
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more


def many(count: int, thing: str) -> str:
    """3 accounts"""
    return f"{count or 'No'} {thing}{'' if count == 1 else 's'}"
