# ruff: noqa: SIM905 sixty quoted words read worse
"""Names that nobody has, some of them far more often than others, as names are."""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")
MEN = (
    "Martin Owen Colin Gareth Lewis Amir Tomasz Hywel Grant Ifan Craig Marcus Dewi Jay Anton Adeel "
    "Rhys Peter Łukasz Ŷnyr Oluwaseun Patrick Darren Imran Viktor Alun Chidi Stephen Harpreet Ewan "
    "Nikolai Leon Tariq Clive Gethin Damian André Wyn Rory Bashir Keith Piotr Jordan Ravi Simon Llŷr "
    "Dean Yusuf Siôn Siôr Tudur Emyr Iolo Macsen Dafydd Llywelyn Gruffudd Ieuan Guto Trystan"
).split()
WOMEN = (
    "Siân Bethan Joanne Nadia Lena Olive Helena Ruth Mair Kerry Karolina Zoë Mei Gwenllïan Sinéad "
    "Ffion Petra Angharad Rhian Carys Amelia Nia Fatima Hannah Zofia Grace Eleri Louise Aisha Lowri "
    "Ceridwen Tegwen Môrwen Llinos Heulwen Eirlys"
).split()
STEMS = (
    "Test Sampl Mock Exampl Fiction Placehold Specim Ffug Dummy Templ Notion Pretend Imagin Prawf "
    "Dychmyg Esiampl Enghraifft Standin Hypoth Fake Próbk Makeov"
).split()
ENDINGS = (
    "wood ford by well ton ham worth ley son -Rhŷs -Parry -Llŵyd wyn -Gŵyn ová ski ani owu -Jones "
    "-Lee ington ett"
).split()
FAMILIES = tuple(stem + ending for ending in ENDINGS for stem in STEMS)


class Zipf(Generic[T]):
    """The item of rank r is taken about 1/r as often as the first."""

    def __init__(self, items: Sequence[T]) -> None:
        self.items = items
        self.bounds = list(accumulate(1 / rank for rank in range(1, len(items) + 1)))

    def take(self, chance: Random) -> T:
        return self.items[bisect(self.bounds, chance.random() * self.bounds[-1])]


class Deck(Generic[T]):
    """Deals each item as often as its quota says, in an order of chance, and begins again."""

    def __init__(self, quotas: Sequence[tuple[T, int]], chance: Random) -> None:
        self.cards = [item for item, many in quotas for _ in range(many)]
        self.chance = chance
        self.left: list[T] = []

    def deal(self) -> T:
        if not self.left:
            self.left = self.cards.copy()
            self.chance.shuffle(self.left)
        return self.left.pop()


GIVEN = {"male": Zipf(MEN), "female": Zipf(WOMEN)}
FAMILY = Zipf(FAMILIES)
PHONES = ("07700900", "01632960", "01134960", "01174960", "01214960", "01614960", "02079460")
"""Numbers that Ofcom keeps for fiction: three digits follow."""
