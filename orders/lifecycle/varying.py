"""Applying to vary, renew or discharge. What we ask for must be lawful; what he asks is recorded."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from accounts.models import Force, User
from accounts.roles import Permission
from casework import clock
from casework.errors import Refused, WrongState
from casework.lifecycle import Opening
from law import duration, interim
from law import variation as law
from law.findings import Finding, blocking
from law.offences import TO_CHANGE
from law.periods import local_date, written
from orders.lifecycle import clocks, given_away, guarding
from orders.models import Order, Variation
from orders.queries import last_effective_day
from orders.terms import Act, Change, stored

K = Variation.Kind
CHIEF_OFFICER = Variation.Applicant.CHIEF_OFFICER
APPLIED, NEEDS = Variation.Status.APPLIED, Permission.APPLY_TO_VARY
APPLY_TO_VARY = Opening("apply_to_vary", APPLIED, NEEDS, "apply to vary the order")
APPLY_TO_RENEW = Opening("apply_to_renew", APPLIED, NEEDS, "apply to renew the order")
APPLY_TO_DISCHARGE = Opening("apply_to_discharge", APPLIED, NEEDS, "apply to discharge the order")
STEPS = (APPLY_TO_VARY, APPLY_TO_RENEW, APPLY_TO_DISCHARGE)


@dataclass(frozen=True)
class Asked:
    """What is asked of the court, by whom and why.

    consents         "subject" and codes of forces, s4(4)(b)
    residence_force  whose area the subject lives in; None outside England and Wales, or not known
    lives_outside    which of the two: he is known to live outside England and Wales
    asked_until      a renewal's new last day, inclusive; None is "until a further order"
    """

    applicant: str
    applied_on: date
    grounds: str
    applicant_force: Force | None = None
    residence_force: Force | None = None
    lives_outside: bool = False
    believed_in: bool = False
    intends_to_come: bool = False
    consents: tuple[str, ...] = ()
    asked_until: date | None = None
    changes: tuple[Change, ...] = ()
    hearing_on: date | None = None


def apply_to_vary(order: Order, *, by: User, asked: Asked) -> Variation:
    """Ask the court to change the conditions: s4(1) for a full order, s5(7) for an interim one."""
    return _apply(APPLY_TO_VARY, K.VARY, order, by=by, asked=asked)


def apply_to_renew(order: Order, *, by: User, asked: Asked) -> Variation:
    """Ask the court to give the order a new last day, before the present one is over."""
    return _apply(APPLY_TO_RENEW, K.RENEW, order, by=by, asked=asked)


def apply_to_discharge(order: Order, *, by: User, asked: Asked) -> Variation:
    """Ask the court to end the order. In its first 2 years that needs consents, s4(4)(b)."""
    return _apply(APPLY_TO_DISCHARGE, K.DISCHARGE, order, by=by, asked=asked)


def _apply(opening: Opening, kind: K, order: Order, *, by: User, asked: Asked) -> Variation:
    with opening.of(order.case, by=by, applicant=asked.applicant) as opened:
        order = Order.objects.get(pk=order.pk)
        _require_none_waiting(order, kind, opening)
        _refuse_impossible(order, kind, asked)
        found = list(findings(order, kind, asked))
        if is_ours(order, asked):
            for finding in blocking(found):
                raise Refused(finding.field, finding.message)
            given_away.require_silent(order.case, asked.changes, asked.grounds, by=by)
        variation = opened.save(
            Variation(
                order=order,
                case_id=order.case_id,
                kind=kind,
                code=TO_CHANGE[str(order.kind), str(kind)],
                applicant=asked.applicant,
                applicant_force=asked.applicant_force,
                residence_force=asked.residence_force,
                lives_outside=asked.lives_outside,
                grounds=asked.grounds,
                consents=sorted(asked.consents),
                asked_until=asked.asked_until,
                changes=[change.stored() for change in asked.changes],
                applied_on=asked.applied_on,
                hearing_on=asked.hearing_on,
                findings=stored(found),
                recorded_by_id=by.pk,
            )
        )
        clocks.watch_hearing(variation)
        if kind == K.RENEW and order.status != Order.Status.ENDED:
            if order.not_renewed_at is not None:
                guarding.think_again(order)
                order.save(update_fields=["not_renewed_at", "not_renewed_by", "not_renewed_reason"])
            guarding.start_guard(order, since=local_date(order.made_at))
    return variation


def may_be_asked_about(order: Order) -> bool:
    """Do the pages offer to ask a court about it? Of one that ran out what was asked before its end.

    Where a court ended it nothing is left to ask; what a court was asked before can still be recorded.
    """
    return order.status != Order.Status.ENDED or order.end_reason == Order.EndReason.EXPIRED


def is_ours(order: Order, asked: Asked) -> bool:
    """Does the force that holds the order ask? Then the law's BLOCKs stop it."""
    return asked.applicant == CHIEF_OFFICER and asked.applicant_force == order.force


def original_force(order: Order) -> str | None:
    """The code of the force that applied for the order; None where the court made it by itself."""
    return order.force_id if order.origin == Order.Origin.APPLICATION else None


def findings(order: Order, kind: str, asked: Asked) -> Iterator[Finding]:
    """All that the law says to this application, s4 and s5(7)."""
    applicant_force = asked.applicant_force.code if asked.applicant_force else None
    if order.kind == Order.Kind.INTERIM:
        yield from law.may_apply_on_interim(
            applicant=asked.applicant,
            applicant_force=applicant_force,
            interim_applicant_force=order.force_id,
        )
        yield from _interim_period(order, kind, asked)
        return
    yield from law.may_apply(
        applicant=asked.applicant,
        applicant_force=applicant_force,
        original_force=original_force(order),
        residence_force=asked.residence_force.code if asked.residence_force else None,
        believed_in=asked.believed_in,
        intends_to_come=asked.intends_to_come,
        residence_known=residence_known(asked),
    )
    yield from added_findings(asked.changes)
    if kind == K.DISCHARGE:
        yield from discharge_findings(order, asked, on=asked.hearing_on or asked.applied_on)
    if kind == K.RENEW:
        yield from law.renewal_findings(
            last_day=order.last_day, lodged_on=asked.applied_on, hearing_on=asked.hearing_on
        )


def added_findings(changes: tuple[Change, ...]) -> Iterator[Finding]:
    """s4(4)(a): each additional condition of a full order must be necessary."""
    for change in changes:
        if change.act is Act.ADD and change.term:
            yield from law.added_condition_findings(necessity=change.term.necessity)


def discharge_findings(order: Order, asked: "Asked | Variation", *, on: date) -> list[Finding]:
    """s4(4)(b): the consents that a discharge on this day needs and does not have."""
    made_on = local_date(order.made_at)
    needed = law.consents_needed(
        made_on=made_on,
        on=on,
        applicant=asked.applicant,
        applicant_force=asked.applicant_force.code if asked.applicant_force else None,
        original_force=original_force(order),
        residence_force=asked.residence_force.code if asked.residence_force else None,
    )
    found = law.discharge_findings(made_on=made_on, needed=needed, given=asked.consents)
    unknown = law.residence_findings(
        made_on=made_on,
        on=on,
        applicant=asked.applicant,
        residence_known=residence_known(asked),
    )
    return [*(replace(f, message=_named(f.message, needed)) for f in found), *unknown]


def residence_known(asked: "Asked | Variation") -> bool:
    """In which force's area he lives, or that he lives outside England and Wales."""
    return asked.lives_outside or asked.residence_force is not None


def _named(message: str, codes: Iterable[str]) -> str:
    """The forces by their names: the law knows their codes alone."""
    for force in Force.objects.filter(code__in=[*codes]):
        message = message.replace(force.code, force.name)
    return message


def _interim_period(order: Order, kind: str, asked: Asked) -> Iterator[Finding]:
    if kind != K.RENEW:
        return
    for finding in interim.period_findings(made_on=asked.applied_on, last_day=asked.asked_until):
        yield Finding(finding.provision, finding.weight, "asked_until", finding.message)
    if order.last_day is not None and asked.hearing_on is not None:
        yield from interim.lapse_findings(last_day=order.last_day, hearing_on=asked.hearing_on)


def _require_none_waiting(order: Order, kind: K, opening: Opening) -> None:
    if order.variations.filter(kind=kind, status=APPLIED).exists():
        raise WrongState(f"You cannot {opening.phrase} now. Such an application waits already.")


def _refuse_impossible(order: Order, kind: K, asked: Asked) -> None:
    _refuse_impossible_parties(asked)
    _refuse_impossible_days(order, asked)
    if not asked.grounds.strip():
        raise Refused("grounds", "Say why the court is asked")
    if kind == K.VARY and is_ours(order, asked) and not asked.changes:
        raise Refused("changes", "Say what the court should add, change or remove")
    require_terms(asked.changes)
    until = asked.asked_until
    if kind == K.RENEW and until and until <= (order.last_day or asked.applied_on):
        raise Refused("asked_until", "The new last day must be after the present one")


def _refuse_impossible_parties(asked: Asked) -> None:
    if asked.applicant not in Variation.Applicant.values:
        raise Refused("applicant", "Select who applies")
    if (asked.applicant == CHIEF_OFFICER) != (asked.applicant_force is not None):
        raise Refused(
            "applicant_force", "Select the force whose chief officer applies, if one does"
        )
    if asked.lives_outside and asked.residence_force:
        raise Refused("residence_force", "He cannot live in it and outside England and Wales")
    if asked.residence_force and asked.residence_force.kind != Force.Kind.TERRITORIAL:
        raise Refused("residence_force", "Select a force with an area in which he lives")


def _refuse_impossible_days(order: Order, asked: Asked) -> None:
    made_on = local_date(order.made_at)
    if asked.applied_on > clock.today():
        raise Refused("applied_on", "The day of the application must be today or in the past")
    if asked.applied_on < made_on:
        raise Refused("applied_on", f"The order was made on {written(made_on)}")
    # By its days and not by its status: the paper may come after the clock has ended the order.
    last = last_effective_day(order)
    if not duration.has_effect(made_on=made_on, last_day=last, ended_on=None, on=asked.applied_on):
        raise Refused(
            "applied_on", f"The order had ended with {written(last or made_on)}: nothing is left"
        )
    if asked.hearing_on and asked.hearing_on < asked.applied_on:
        raise Refused("hearing_on", "The hearing must be on or after the day of the application")


def require_terms(changes: tuple[Change, ...]) -> None:
    """An added or changed condition has its words; a changed or removed one has its number."""
    for change in changes:
        if change.act is not Act.REMOVE and not (change.term and change.term.text.strip()):
            raise Refused("changes", "Enter the words of each condition that is added or changed")
        if change.act is not Act.ADD and change.number is None:
            raise Refused("changes", "Select each condition that changes")
