"""What the desk gives to every case's frame (where it stands, what somebody was not told in time, how
many breaches are open), and to accounts that wait for a second person: somebody who hears of it, and
their number in the menu. And to alerts: whether what they ask for has happened."""

from accounts import announcing
from accounts.queries import changes_to_answer
from breaches.models import Breach
from casework import clock, frame
from casework.models import Case
from contact.queries import marks_of as untold
from desk import notices, settled, tags


def marks(case: Case) -> list[frame.Mark]:
    """The identity bar's tags."""
    return tags.marks_of(case, clock.now())


def open_breaches(case: Case) -> int:
    """The number in the side navigation."""
    return Breach.objects.filter(case=case, decided_at=None).count()


frame.mark_cases(marks)
frame.mark_cases(untold)
frame.count("breaches:overview", open_breaches)
frame.tally("desk:changes", changes_to_answer)
announcing.listen(notices.tell)
announcing.listen_to_inboxes(notices.tell_of_inbox)
settled.wire()
