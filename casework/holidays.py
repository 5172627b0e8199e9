"""A system check: are the bank holidays known by which working days will be counted?"""

from typing import Any

from django.core.checks import CheckMessage, Warning

from casework import clock
from law.bank_holidays import unknown_years


def known(**kwargs: Any) -> list[CheckMessage]:
    """Warn a whole year before a working day would be counted as if there were no holidays."""
    missing = unknown_years(clock.today())
    if not missing:
        return []
    said = " and ".join(map(str, missing))
    hint = "Add them to law/bank_holidays.py, with their substitute days."
    return [Warning(f"The bank holidays of {said} are not known.", hint=hint, id="casework.W001")]
