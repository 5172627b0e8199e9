"""What is refused is told whole, whichever process refused it."""

import pickle

import pytest

from casework.errors import Refused, refuse_all

WRONG = [
    ("day", "The day must be real"),
    (None, "Something is missing"),
    ("court", "Select a court"),
]


@pytest.mark.parametrize("count", [1, 3])
def test_a_refusal_leaves_a_process_as_it_is(count: int) -> None:
    with pytest.raises(Refused) as no:
        refuse_all(WRONG[:count])
    told = pickle.loads(pickle.dumps(no.value))  # noqa: S301 our own
    assert (str(told), told.field, [*told.all]) == (WRONG[0][1], "day", WRONG[:count])
