"""An authority is for one text. Whatever changes the text voids it, also from outside the case."""

from django.db.models import Q

from accounts.models import CLOCK, Actor
from accounts.roles import Permission
from alerts.actions import raise_alert
from applications.content import content_of, hash_of
from applications.lifecycle.clocks import await_sending_again
from applications.models import Application
from applications.queries import living_authority
from casework import clock
from casework.lifecycle import Step
from casework.models import Case
from people.models import Person

S = Application.Status
VOID_AUTHORITY = Step(
    "void_authority",
    frozenset({S.AUTHORISED}),
    S.DRAFT,
    Permission.RUN_CLOCK,
    "void the authority for this",
)
STEPS = (VOID_AUTHORITY,)
ELSEWHERE = "What is known of a person in it was changed outside this case"


def void_authority(application: Application, *, by: Actor, reason: str) -> None:
    """The authority that stands, if any, stands no more; the officer and the authorisers are told."""
    authority = living_authority(application)
    if authority is None:
        return
    authority.voided_at, authority.voided_by = clock.now(), by.username
    authority.void_reason = reason.replace("_", " ")
    authority.save(update_fields=["voided_at", "voided_by", "void_reason"])
    raise_alert(
        "authority_voided",
        case=application.case,
        key=f"authority_voided:{authority.pk}",
        path=f"/applications/{application.case_id}/",
        text="Look at the application: a change has voided the authority for it",
        by=by,
        recipients=("officer", "role:authorising_officer"),
    )


def void_changed(person: Person, *, by: Actor) -> None:
    """A person was changed: what was authorised about that person in any case is another text now.

    Whoever changed it may not know the other case, so the step is the clock's, and the authority
    says who. A case on which somebody acts at this moment is left to that act and to lodging, which
    refuses a text that is not the one authorised: two acts never wait for each other.
    """
    about = Q(case__subject=person) | Q(case__parties__person=person)
    changed = Application.objects.filter(about, status=S.AUTHORISED).distinct()
    for application in changed.select_related("case"):
        authority = living_authority(application)
        if authority and authority.content_hash != hash_of(content_of(application)):
            free = Case.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
            if free.filter(pk=application.case_id).exists():
                _void(application, by=by)


def _void(application: Application, *, by: Actor) -> None:
    with VOID_AUTHORITY.on(application, by=CLOCK, changed_by=by.username) as held:
        void_authority(held, by=by, reason=ELSEWHERE)
        await_sending_again(held, by=by)
