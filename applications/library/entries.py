"""What an entry of the library is."""

from dataclasses import dataclass

from applications.library.slots import Slot
from law.content import ConditionKind


@dataclass(frozen=True)
class Entry:
    """A condition with gaps. `text` speaks to the subject and names its slots in braces.

    plain    what it means, for the sheet in plain words, with the same slots and its exceptions
    short    its name in lists once it is filled, where a distance or a number is the point of it: no
             slot of another kind, so that no place can stand there
    checks   how such a condition is usually monitored, to begin the plan with
    """

    code: str
    version: int
    kind: ConditionKind
    title: str
    text: str
    plain: str
    checks: str
    slots: tuple[Slot, ...]
    short: str = ""

    def slot(self, name: str) -> Slot:
        return next(slot for slot in self.slots if slot.name == name)
