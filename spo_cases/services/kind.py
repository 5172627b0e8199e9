"""A copy of the service is with demonstration data or without, from its first start for ever."""

from spo_cases.services.errors import CannotStart
from spo_cases.services.paths import Places

DEMONSTRATION, EMPTY = "demonstration", "empty"


def is_demonstration(places: Places, *, empty: bool) -> bool:
    """What this copy is; a new one becomes what was asked for.

    Demonstration data never enter a copy that began empty, since people may work in it.
    """
    if not places.kind.exists():
        places.kind.write_text(EMPTY if empty else DEMONSTRATION)
    found = places.kind.read_text().strip()
    if empty and found == DEMONSTRATION:
        raise CannotStart(
            f"{places.var} holds demonstration data: begin an empty copy in a folder of its own "
            "with SPO_VAR=/path ./run --empty"
        )
    return found == DEMONSTRATION
