"""What is known of a breach: its evidence from our own records, and its response clock."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Case as Choice
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value, When

from accounts import policy
from accounts.models import User
from accounts.roles import Permission
from alerts.models import Alert
from alerts.queries import Told, story
from breaches.models import Breach
from casework import clock, frame
from casework.jinja import day
from casework.models import Case, Deadline
from contact import queries as contact
from contact.models import Matter
from law.breach import Point
from law.duration import has_effect_at
from law.periods import LONDON
from orders.answering import Answered
from orders.models import Condition, Order, Service
from orders.queries import service_of_words, words_before

KIND = "breach_reported"
ACKNOWLEDGE = "acknowledge_breach"  # the clock on it
ONE_INCIDENT = timedelta(hours=1)  # reports of one order closer than this may be of one incident
SENT_AGAIN = timedelta(minutes=15)  # the same words by the same person within it are one report
DECIDED_WITHIN = timedelta(hours=24)  # of the report; of the arrest, where there is one
S = Breach.Status


@dataclass(frozen=True)
class Stage:
    """One of the stages of the response: done (late or not), waiting, or still to come."""

    name: str
    at: datetime | None = None
    due_at: datetime | None = None
    who: str = ""

    @property
    def late(self) -> bool:
        """Done, but after its limit: it stays marked for good."""
        return bool(self.at and self.due_at and self.at > self.due_at)


def thread_of(breach: Breach) -> str:
    """The name under which the alerts of a report climb."""
    return f"{KIND}:{breach.pk}"


def breach_of(alert: Alert) -> Breach | None:
    """The report that an alert is about: its own, or that of the clock on its acknowledgement."""
    deadline = alert.deadline
    if deadline is not None and deadline.kind == ACKNOWLEDGE:
        return Breach.objects.select_related("case").filter(pk=deadline.about_id).first()
    if not alert.thread.startswith(f"{KIND}:"):
        return None
    try:
        pk = UUID(alert.thread.partition(":")[2])
    except ValueError:
        return None
    return Breach.objects.select_related("case").filter(pk=pk).first()


def near(order: Order, moment: datetime) -> Breach | None:
    """The first report of the same order within the hour, which may be of the same incident."""
    found = (
        Breach.objects.filter(
            order=order,
            happened_at__gte=moment - ONE_INCIDENT,
            happened_at__lte=moment + ONE_INCIDENT,
        )
        .order_by("reported_at")
        .first()
    )
    return found.same_as or found if found else None


def same_again(
    order: Order, condition: Condition | None, *, by: User, happened_at: datetime, words: str
) -> Breach | None:
    """The same report by the same person, sent minutes ago and still open: it is not a second one."""
    return Breach.objects.filter(
        order=order,
        condition=condition,
        happened_at=happened_at,
        what_happened=words,
        reported_by=by,
        reported_at__gt=clock.now() - SENT_AGAIN,
        decided_at=None,
    ).first()


def answered(order: Order, user: User) -> Iterator[Answered]:
    """The open reports of an order for its card: when each was made, where this reader may look, and
    who has it; to another force than the order's, that is the force."""
    open_ones = Breach.objects.filter(order=order, decided_at=None).order_by("-reported_at")
    rows = open_ones.select_related("force", "acknowledged_by", "officer")
    opens = policy.can(user, Permission.VIEW_CASE, order.case)
    for breach in rows:
        name = "detail" if opens else "reported" if breach.reported_by_id == user.pk else ""
        path = frame.address(f"breaches:{name}", pk=breach.pk) if name else ""
        own = policy.of_own_force(user, breach.force_id)
        has = breach.officer or breach.acknowledged_by if own else breach.force
        yield Answered(breach.reported_at, path, str(has) if breach.taken else "")


def named(case: UUID, records: Collection[UUID]) -> dict[UUID, str]:
    """breach 2, Mon 30 Nov 2026: of these breaches, where the case has more than one."""
    rows = Breach.objects.filter(case=case).values_list("pk", "number", "happened_at")
    called = {pk: f"breach {number}, {day(at)}" for pk, number, at in rows}
    return {pk: called[pk] for pk in records if pk in called} if len(called) > 1 else {}


def reported_by(user: User) -> QuerySet[Breach]:
    """What this person reported, also of cases that are not open to them."""
    return Breach.objects.filter(reported_by=user).select_related(
        "case", "force", "acknowledged_by", "officer"
    )


def evidence_from_facts(breach: Breach) -> dict[Point, str]:
    """What our own records prove: that the order had effect, was served, and what it says.

    Service is held only where he was given the words that were breached, himself: service of the order
    as made does not prove that he knew what a court has changed since, nor service on somebody else that
    he knew of it at all.
    """
    order = breach.order
    found: dict[Point, str] = {}
    if has_effect_at(
        made_at=order.made_at,
        last_day=order.last_day,
        ended_at=order.ended_at,
        moment=breach.happened_at,
    ):
        found[Point.IN_FORCE] = (
            f"{order.get_kind_display()} made {said(order.made_at)}, "
            f"in force on {said(breach.happened_at)}"
        )
    service = service_of_words(order, breach.condition, before=breach.happened_at)
    if service is not None and service.on_himself:
        found[Point.SERVED] = evidence_of(service)
    if breach.condition is not None:
        text = breach.condition.text
        found[Point.CONDITION] = f"Condition {breach.condition.number}: “{shortened(text)}”"
    return found


def words_corrected(breach: Breach) -> tuple[datetime, str] | None:
    """When the record of its condition was put right after the report, and how it read until then."""
    if breach.condition is None:
        return None
    found = words_before(breach.condition, breach.reported_at)
    return (found[0].recorded_at, found[1]) if found else None


def evidence_of(service: Service) -> str:
    """Record of service 23 Nov 2026 22:47, in person, of the words of 22 Nov 2026 10:00, footage B1"""
    words = ""
    if service.correction is not None:
        words = f", of the words as corrected {said(service.correction.recorded_at)}"
    if service.variation is not None and service.variation.decided_at is not None:
        words = f", of the words of {said(service.variation.decided_at)}"
    footage = f", footage {service.footage_reference}" if service.footage_reference else ""
    how = service.get_method_display().lower()
    return f"Record of service {said(service.served_at)}, {how}{words}{footage}"


def said(moment: datetime) -> str:
    """23 Nov 2026 22:47, in London."""
    local = moment.astimezone(LONDON)
    return f"{local.day} {local:%b %Y %H:%M}"


def shortened(text: str, most: int = 240) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def listed(*, state: str = "open", unit: str = "") -> QuerySet[Breach]:
    """The breaches of the force, newest first: those under way, or those decided."""
    rows = with_telling(Breach.objects.all()).select_related(
        "case__subject", "order", "condition", "officer", "acknowledged_by"
    )
    if unit:
        rows = rows.filter(case__unit_id=unit)
    if state == "all":
        return rows
    return rows.filter(status=S.DECIDED) if state == "decided" else rows.exclude(status=S.DECIDED)


def of_case(case: Case) -> QuerySet[Breach]:
    return (
        Breach.objects.filter(case=case)
        .select_related(
            "condition", "order", "officer", "acknowledged_by", "reported_by", "case", "same_as"
        )
        .order_by("-reported_at")
    )


def response(breach: Breach, told: Sequence[Matter]) -> list[Stage]:
    """The response clock: received, acknowledged, officer assigned, safe and told, arrest or decision;
    after an arrest the decision is a stage of its own, by the clock that begins with the arrest."""
    tellings = [one.telling for one in told if one.telling is not None]
    last = (
        max(tellings, key=lambda one: one.told_at) if told and len(tellings) == len(told) else None
    )
    clocks = Deadline.objects.filter(case=breach.case_id, about_id=breach.pk)
    limits = dict(clocks.values_list("kind", "due_at"))
    decided = Stage(
        "Arrest, or a reasoned decision",
        breach.decided_at,
        limits.get("decide_breach"),
        str(breach.decided_by or ""),
    )
    arrested = Stage(
        decided.name,
        breach.arrested_at,
        breach.reported_at + DECIDED_WITHIN,
        breach.arrested_by_name,
    )
    after = replace(decided, name="Charge or release, or a decision")
    return [
        Stage("Received", breach.reported_at, who=breach.get_source_display()),
        Stage(
            "Acknowledged",
            breach.acknowledged_at,
            limits.get("acknowledge_breach"),
            str(breach.acknowledged_by or ""),
        ),
        Stage("Officer assigned", breach.assigned_at, who=str(breach.officer or "")),
        Stage(
            "Safe and told",
            last.told_at if last else None,
            min((one.due_at for one in told), default=None),
            last.told_by_name if last else "",
        ),
        *((arrested, after) if breach.arrested_at else (decided,)),
    ]


def told(breach: Breach) -> list[Told]:
    """Who was told of the report, when, by what and with what answer; then who is next."""
    first = Alert.objects.filter(thread=thread_of(breach)).order_by("created_at").first()
    return story(first) if first else []


def told_of(breach: Breach) -> list[Matter]:
    """What each protected person was or is to be told of the report, those told first."""
    matters = contact.about(breach.pk, Matter.Kind.BREACH)
    return [one for one in matters if one.status != Matter.Status.OVERTAKEN]


def readable(user: User) -> QuerySet[Breach]:
    """Breaches for programs, with when the protected persons were told."""
    return with_telling(Breach.objects.select_related("case"))


def with_telling(rows: QuerySet[Breach]) -> QuerySet[Breach]:
    """Each report with `victim_told_at`: when the last of them was told, empty while one waits."""
    matters = Matter.objects.filter(about_id=OuterRef("pk"), kind=Matter.Kind.BREACH)
    waiting = matters.filter(status=Matter.Status.WAITING)
    last = matters.filter(telling__isnull=False).order_by("-telling__told_at")
    return rows.annotate(
        victim_told_at=Choice(
            When(Exists(waiting), then=Value(None)),
            default=Subquery(last.values("telling__told_at")[:1]),
        )
    )
