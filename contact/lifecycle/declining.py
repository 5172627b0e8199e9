"""The police decided not to apply, and what became of that: she hears of both, or of neither."""

from uuid import UUID

from django.db.models import Q

from accounts.models import Actor
from applications.lifecycle.telling import were_told_of_decline, without_account
from applications.models import Request, ThresholdDecision
from casework import clock
from contact.lifecycle.asking import ask, heard, settle, waiting
from contact.models import Matter

K = Matter.Kind
PROCEED = ThresholdDecision.Outcome.PROCEED


def on_declined(request: Request, *, by: Actor) -> None:
    """Where the victim asked herself, without an account here, the clock of the answer is hers already."""
    last = _settle(request, by=by, but=K.DECLINED)
    if not _asked_herself(request):
        ask(request.case, K.DECLINED, about=last.pk, happened_at=last.decided_at, by=by)


def on_reopened(request: Request, *, by: Actor) -> None:
    """It is decided on again. Who was told of a decline must not go by that."""
    if not request.decisions.exists():
        return
    last = _settle(request, by=by)
    told = heard(request.case, _of(request))
    misled = [person for person, one in told.items() if one.kind == K.DECLINED]
    if _asked_herself(request) and were_told_of_decline(request):
        _ask(request, last, by=by)
    elif misled:
        _ask(request, last, by=by, to=misled)


def on_taken_forward(request: Request, *, by: Actor) -> None:
    """At once, or after all: then who was told of a decline hears it, and who waited to be, nothing."""
    last = _settle(request, by=by, but=K.REOPENED)
    if _asked_herself(request) and were_told_of_decline(request):
        return  # the clock of the answer is hers
    told = heard(request.case, _of(request))
    forward = set(request.decisions.filter(outcome=PROCEED).values_list("pk", flat=True))
    misled = [person for person, one in told.items() if one.about_id not in forward]
    _ask(request, last, by=by, to=misled)


def _ask(
    request: Request, last: ThresholdDecision, *, by: Actor, to: list[UUID | None] | None = None
) -> None:
    ask(request.case, K.REOPENED, about=last.pk, happened_at=clock.now(), by=by, to=to)


def _settle(request: Request, *, by: Actor, but: str = "") -> ThresholdDecision:
    """What was decided before need not be told any more. The last decision.

    but  what of the last decision itself stays to be told
    """
    last = request.decisions.order_by("-look")[0]
    settle(waiting(request.case).filter(_of(request)).exclude(kind=but, about_id=last.pk), by=by)
    return last


def _of(request: Request) -> Q:
    """Every matter of what was decided on it; the first ones were kept by the request itself."""
    decisions = ThresholdDecision.objects.filter(request=request).order_by().values("pk")
    about = Q(about_id=request.pk) | Q(about_id__in=decisions)
    return Q(kind__in=(K.DECLINED, K.REOPENED)) & about


def _asked_herself(request: Request) -> bool:
    """Without an account here: somebody must tell her what was decided as the one who asked."""
    return any(one.source == Request.Source.VICTIM for one in without_account(request))
