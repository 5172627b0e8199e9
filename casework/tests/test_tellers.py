"""Who is asked: each room once, however often it says so, in the order in which they came."""

import operator

from casework.tellers import Tellers


def test_each_room_is_asked_once_and_in_its_turn() -> None:
    tellers = Tellers[[int], int]()
    assert list(tellers.ask(3)) == []
    for room in (operator.pos, operator.neg, operator.pos):
        tellers.add(room)
    assert list(tellers.ask(3)) == [3, -3]
