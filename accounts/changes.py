"""What the database holds of a change to an account: who asks is not who answers, and what was answered
was answered by somebody."""

from django.db.models import BaseConstraint, CheckConstraint, F, Q, UniqueConstraint

OF_CHANGES: list[BaseConstraint] = [
    CheckConstraint(name="nobody_asks_for_their_own_account", condition=~Q(asked_by=F("account"))),
    CheckConstraint(
        name="who_answers_is_not_who_asked",
        condition=Q(answered_by=None)
        | Q(status="withdrawn")
        | (~Q(answered_by=F("asked_by")) & ~Q(answered_by=F("account"))),
    ),
    CheckConstraint(
        name="account_change_is_answered_by_somebody",
        condition=Q(status__in=["waiting", "done"], answered_at=None, answered_by=None)
        | (
            Q(status__in=["confirmed", "refused", "withdrawn"])
            & Q(answered_at__isnull=False, answered_by__isnull=False)
        ),
    ),
    CheckConstraint(
        name="only_what_was_confirmed_is_used",
        condition=Q(used_at=None) | Q(status="confirmed"),
    ),
    CheckConstraint(name="only_another_address_has_one", condition=Q(kind="email") | Q(email="")),
    CheckConstraint(
        name="a_move_says_to_which_unit", condition=~Q(kind="unit") | Q(unit__isnull=False)
    ),
    UniqueConstraint(
        fields=["account", "kind"],
        condition=Q(status="waiting"),
        name="one_waiting_change_of_a_kind",
    ),
]
