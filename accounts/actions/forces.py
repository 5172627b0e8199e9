"""What a force says of itself, written by its administrator: where its alerts are read day and night."""

from django.db import transaction

from accounts import announcing, policy
from accounts.models import Actor, Force
from accounts.roles import Permission
from audit import events
from audit.actor import acting_as


def name_duty_inbox(*, by: Actor, duty_inbox: str = "") -> Force:
    """The address that is read day and night, to which breach alerts go; empty: there is none any more.

    The rooms above hear of it, so that nobody turns the alerts of a force away unseen.
    Raises ValidationError for what is no address.
    """
    policy.check_role(by, Permission.MANAGE_ACCOUNTS)
    with transaction.atomic(), acting_as(by.username):
        force = Force.objects.select_for_update(no_key=True).get(pk=by.force_id)
        before, force.duty_inbox = force.duty_inbox, duty_inbox.strip()
        force.full_clean()
        if force.duty_inbox != before:
            force.save(update_fields=["duty_inbox"])
            named = bool(force.duty_inbox)
            events.record("name_duty_inbox", force, by=by.username, case_id=None, named=named)
            announcing.tell_of_inbox(force, by=by)
    return force
