"""Every write about accounts. Nothing is ever deleted."""

from accounts.actions.confirming import (
    confirm_change,
    refuse_change,
    require_second,
    withdraw_change,
)
from accounts.actions.forces import name_duty_inbox
from accounts.actions.keeping import (
    add_account,
    add_unit,
    close_account,
    edit_account,
    first_administrator,
    invite,
    reopen_account,
)
from accounts.actions.signing import (
    choose_password,
    issue_token,
    record_sign_in,
    record_sign_out,
    revoke_tokens,
)
from accounts.actions.units import edit_unit

__all__ = [
    "add_account",
    "add_unit",
    "choose_password",
    "close_account",
    "confirm_change",
    "edit_account",
    "edit_unit",
    "first_administrator",
    "invite",
    "issue_token",
    "name_duty_inbox",
    "record_sign_in",
    "record_sign_out",
    "refuse_change",
    "reopen_account",
    "require_second",
    "revoke_tokens",
    "withdraw_change",
]
