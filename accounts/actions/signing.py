"""Writes about who came and went, about keys and passwords."""

import secrets
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import ApiToken, User
from accounts.tokens import hash_of
from audit import events
from audit.actor import acting_as


def record_sign_in(user: User) -> None:
    """Write that a person signed in."""
    with transaction.atomic(), acting_as(user.username):
        events.record("sign_in", user, by=user.username, case_id=None)


def record_sign_out(user: User) -> None:
    """Write that a person signed out."""
    with transaction.atomic(), acting_as(user.username):
        events.record("sign_out", user, by=user.username, case_id=None)


def issue_token(user: User, *, label: str, valid_until: datetime, by: str) -> str:
    """Give a program a key to act as `user`. The key is shown once: only its hash is kept.

    Raises ValidationError for an advocate: on their host no key is known, and theirs are not elsewhere.
    """
    if user.is_advocate:
        raise ValidationError("Advocates have no keys: they sign in on their own site")
    key = secrets.token_urlsafe(32)
    with transaction.atomic(), acting_as(by):
        token = ApiToken(
            user=user, label=label, key_hash=hash_of(key), made_by=by, valid_until=valid_until
        )
        token.full_clean()
        token.save()
        events.record("issue_token", token, by=by, case_id=None, label=label)
    return key


def revoke_tokens(user: User, *, by: str) -> int:
    """End every key of a user from the next request on. Gives how many there were."""
    with transaction.atomic(), acting_as(by):
        ended = ApiToken.objects.filter(user=user, revoked_at=None).update(
            revoked_at=timezone.now(), revoked_by=by
        )
        events.record("revoke_tokens", user, by=by, case_id=None, ended=ended)
    return ended


def choose_password(user: User, password: str) -> None:
    """The person who was given the link chose a password: all older sessions end."""
    with transaction.atomic(), acting_as(user.username):
        user.set_password(password)
        user.save(update_fields=["password"])
        events.record("choose_password", user, by=user.username, case_id=None)
