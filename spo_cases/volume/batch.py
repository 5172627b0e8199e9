"""A batch of cases: rows by table, clocks, events, references; written in one transaction."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from django.db.models import Model

from accounts.models import User
from accounts.roles import Role
from casework.models import Counter, Deadline
from law.periods import local_date
from spo_cases.volume import bulk, log
from spo_cases.volume.forces import ACTOR, Home
from spo_cases.volume.tales import Tale

EVENT = ("kind", "at", "actor", "verb", "table", "row_id", "case_id", "details")
POLICY = "force policy"
LISTED = ("casework_case", "casework_deadline", "orders_order")


@dataclass(frozen=True)
class Clock:
    """What a deadline of a kind says."""

    title: str
    owner: Role
    reason: str
    path: str
    provision: str = POLICY
    whole_day: bool = True


CLOCKS: Mapping[str, Clock] = {
    "decide_request": Clock(
        "Decide on the request",
        Role.OFFICER,
        "2 days after the first ask",
        "/applications/requests/{about}/decide-request/",
    ),
    "send_application": Clock(
        "Send the application for authority",
        Role.OFFICER,
        "14 days after the decision to go forward",
        "/applications/{case}/",
    ),
    "hearing": Clock(
        "Attend the hearing",
        Role.LEGAL,
        "Interim order, listed by the court",
        "/applications/hearings/{about}/result-hearing/",
        provision="ST19501",
        whole_day=False,
    ),
    "serve_order": Clock(
        "Serve the order",
        Role.OFFICER,
        "An order is served within 24 hours of its making. It binds him already.",
        "/orders/{about}/serve/",
        whole_day=False,
    ),
    "interim_ends": Clock(
        "Get the full order, or ask the court to renew the interim order",
        Role.OFFICER,
        "It ends with its last day, or earlier when the main application is determined.",
        "/orders/{about}/renew/",
        provision="s5(6)(a), force policy",
    ),
    "order_ends": Clock(
        "Decide whether to ask the court to renew the order",
        Role.OFFICER,
        "The court must renew it before its last day: nothing keeps it alive meanwhile.",
        "/orders/{about}/renew/",
        provision="s4(1), force policy",
    ),
    "notify_initial": Clock(
        "Take his notification of name and home address",
        Role.OFFENDER_MANAGER,
        "3 days beginning with the day of service",
        "/notifications/duties/{about}/",
        provision="s9(1)",
    ),
}


class Batch:
    """Collects what belongs to some cases, then writes it. Ids come from `chance`: repeatable."""

    def __init__(self, chance: Random, numbers: dict[tuple[str, int], int]) -> None:
        self.chance = chance
        self.numbers = numbers  # the last reference number, by force and year
        self.tables: dict[type[Model], bulk.Table] = {}
        self.events: list[tuple[Any, ...]] = []

    def new_id(self) -> str:
        h = f"{self.chance.getrandbits(128):032x}"
        return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"

    def table(self, model: type[Model]) -> bulk.Table:
        if model not in self.tables:
            self.tables[model] = bulk.Table(model)
        return self.tables[model]

    def add(self, model: type[Model], pk: str = "", **values: Any) -> str:
        """One row, under a new id unless one is given. Gives the id."""
        pk = pk or self.new_id()
        self.table(model).add({"id": pk, **values})
        return pk

    def event(
        self, verb: str, model: type[Model], pk: str, *, case: str, at: datetime, by: User
    ) -> None:
        """The line that an act writes beside its rows."""
        label = model._meta.label_lower
        self.events.append(("event", at, by.username, verb, label, pk, case, "{}"))

    def clock(
        self,
        tale: Tale,
        kind: str,
        *,
        case: str,
        about: str,
        set_at: datetime,
        due_at: datetime,
        done_at: datetime | None,
    ) -> Iterator[datetime]:
        """A deadline. Gives its end where it still runs."""
        says = CLOCKS[kind]
        self.add(
            Deadline,
            case_id=case,
            force_id=tale.home.force.code,
            kind=kind,
            about_id=about,
            title=says.title,
            path=says.path.format(case=case, about=about),
            owner_role=says.owner.value,
            due_at=due_at,
            whole_day=says.whole_day,
            provision=says.provision,
            reason=says.reason,
            set_at=set_at,
            done_at=done_at,
            done_by=tale.officer.username if done_at else "",
        )
        if done_at is None:
            yield due_at

    def reference(self, home: Home, at: datetime) -> str:
        """The next reference of the force in that year."""
        year = local_date(at).year
        number = self.numbers.get((home.force.code, year), 0) + 1
        self.numbers[home.force.code, year] = number
        return f"{home.force.prefix}-{year % 100:02d}-{number:04d}"

    def mark(self, seed: int, at: datetime) -> None:
        """Say in the log which cases these are: the same ones cannot come twice."""
        self.events.append(("event", at, ACTOR, "seed", "", str(seed), None, "{}"))

    def write(self) -> int:
        """Write all of it, with the log's lines. Gives how many rows, the log's included."""
        names = [table.name for table in self.tables.values()]
        watched = [name for name in names if log.is_watched(name)]
        with log.unwatched(watched) as lines:
            rows = sum(
                table.bring_in(log.keeping(table.name, ACTOR) if table.name in watched else "")
                for table in self.tables.values()
            )
            bulk.copy("seeded_line", EVENT, self.events)
            self.events.clear()
            self.keep_numbers()
        return rows + lines[0]

    def keep_numbers(self) -> None:
        """The next reference that an act gives follows ours."""
        Counter.objects.bulk_create(
            [Counter(force_id=f, year=y, last=last) for (f, y), last in self.numbers.items()],
            update_conflicts=True,
            unique_fields=["force", "year"],
            update_fields=["last"],
        )


def analyse() -> None:
    """Tell the planner what the tables hold now: autovacuum would take a minute to."""
    bulk.execute(f"VACUUM ANALYZE {', '.join(LISTED)}")
    bulk.execute("ANALYZE")


def last_numbers() -> dict[tuple[str, int], int]:
    """The last reference given in each force and year."""
    return {(c.force_id, c.year): c.last for c in Counter.objects.all()}
