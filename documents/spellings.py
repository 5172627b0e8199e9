"""How words look once it no longer matters how somebody wrote them.

A text is folded (case, accents, punctuation, "Rd" for "Road", letters of other scripts) into words that
are read in four ways: as they stand, without the s of a plural or a possessive, as an address for
e-mail is spelt out ("jane at example dot org"), and so with its numbers said ("oh double seven"). In
each the spaces go, so that a name broken over two lines, spelt letter by letter or written together is
one; but where words begin and end is kept, so that "the oak stood" is not taken for The Oaks, nor "the
car park. Road works" for Park Road.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum, auto
from functools import cached_property, lru_cache

from people import folding

STREET_WORDS = {
    **{"ave": "avenue", "cl": "close", "cr": "crescent", "cres": "crescent", "ct": "court"},
    **{"dr": "drive", "gdns": "gardens", "gr": "grove", "hse": "house", "ln": "lane"},
    **{"pde": "parade", "pk": "park", "pl": "place", "rd": "road", "sq": "square"},
    **{"tce": "terrace", "ter": "terrace", "wy": "way"},
    # both are St: one word for all three, in the detail and in the text alike
    **{"st": "street", "saint": "street"},
}
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
)
ONES += "sixteen seventeen eighteen nineteen"
NUMBERS = {word: n for n, word in enumerate(ONES.split())} | {"oh": 0, "nought": 0, "nil": 0}
TENS = {
    **{"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70},
    **{"eighty": 80, "ninety": 90},
}
TIMES = {"double": 2, "treble": 3, "triple": 3}
SIGNS = frozenset({"at", "dot", "point", "stop", "underscore", "dash", "hyphen", "minus"})
SPELT_SIGN = re.compile(
    r"[\[({<]\s*(?:at|dot|point|underscore|dash)\s*[\])}>]", re.IGNORECASE
)  # name [at] example [dot] test
LOOK_LATIN = str.maketrans(  # letters of other scripts that nobody can tell from Latin ones
    "асеорхуіјѕһԁАВЕКМНОРСТХУІЈЅαοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aceopxyijshdABEKMHOPCTXYIJSaoABEZHIKMNOPTYX"
)
LOOK_DIGITS = str.maketrans("oil", "011")
# A name never runs over these: the end of a sentence or of a part of one, and of a paragraph.
BREAK = re.compile(r"(?<=[^\W\d_]{3})[,;:.!?]+\s+(?=[^\W\d_]{2})|\n\s*\n")
# 41Zelkova, ZelkovaLane: a word begins there too
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
LONG = 8  # letters that stand in one written word by no chance: myzelkovalanehouse


class Way(StrEnum):
    """How words are read."""

    PLAIN = auto()
    SINGULAR = auto()
    SIGNLESS = auto()
    SAID = auto()
    PHONE = auto()  # anywhere among the digits: 0, +44 or nothing stands before it
    POSTCODE = auto()


@dataclass(frozen=True)
class Piece:
    """What gives a detail away, and in which reading it is looked for."""

    way: Way
    letters: str


class Squeezed:
    """Words without spaces; where they begin and end is worked out where a piece is among them."""

    def __init__(self, parts: list[list[str]], *, digits: bool = False) -> None:
        self.parts, self.digits = parts, digits

    @cached_property
    def letters(self) -> str:
        """The parts behind each other; no piece has the sign between them."""
        whole = "".join(f"{''.join(part)}|" for part in self.parts)
        return whole.translate(LOOK_DIGITS) if self.digits else whole

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Where each word begins and ends."""
        found, at = [], 0
        for part in self.parts:
            for word in part:
                found.append((at, at + len(word)))
                at += len(word)
            at += 1
        return tuple(found)

    @cached_property
    def cuts(self) -> frozenset[int]:
        return frozenset(edge for span in self.spans for edge in span)

    def count(self, piece: str) -> int:
        """How often the piece stands there, from the beginning of a word to the end of one."""
        found, at = 0, self.letters.find(piece)
        while at >= 0:
            found += self._stands(at, at + len(piece))
            at = self.letters.find(piece, at + 1)
        return found

    def _stands(self, begin: int, end: int) -> bool:
        if begin in self.cuts and end in self.cuts:
            return True
        return end - begin >= LONG and any(a <= begin and end <= b for a, b in self.spans)


class Said:
    """One text in each of the readings, made when it is asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    def count(self, piece: Piece) -> int:
        if piece.way is Way.PHONE:
            return self.numbers.letters.count(piece.letters)
        if piece.way is Way.POSTCODE:
            return self.numbers.count(piece.letters.translate(LOOK_DIGITS))
        return self.readings[piece.way].count(piece.letters)

    @cached_property
    def parts(self) -> list[list[str]]:
        return [words(HUMP.sub("|", part)) for part in BREAK.split(self.text)]

    @cached_property
    def numbers(self) -> Squeezed:
        """For phones and postcodes: no break counts, O is 0 and l is 1."""
        return Squeezed([said([word for part in self.parts for word in part])], digits=True)

    @cached_property
    def readings(self) -> dict[Way, Squeezed]:
        """Most texts read the same in every way, and are looked through as one."""
        plain, found = Squeezed(self.parts), {}
        for way, read in READ.items():
            parts = [read(part) for part in self.parts]
            found[way] = plain if parts == self.parts else Squeezed(parts)
        return found


@lru_cache(maxsize=4096)
def heard(text: str) -> Said:
    """The same for a text that is met again and again: a label, a name, a heading."""
    return Said(text)


def words(text: str) -> list[str]:
    """Folded words, kinds of streets written out."""
    plain = SPELT_SIGN.sub(" ", text.translate(LOOK_LATIN))
    return [STREET_WORDS.get(word, word) for word in folding.fold(plain).split()]


def squeeze(text: str) -> str:
    """Folded, streets written out, without spaces."""
    return "".join(words(text))


def singular(parts: list[str]) -> list[str]:
    """Swithun of Swithuns and of Swithun's, whose apostrophe went when it was folded; Jame of James's."""
    cut = [bare if len(bare := word.rstrip("s")) > 1 else word for word in parts]
    return [STREET_WORDS.get(word, word) for word in cut]


def said(parts: list[str]) -> list[str]:
    """Numbers that are written in words as digits: 0 77 for "oh double seven", 41 for "forty-one"."""
    return list(_said(parts))


def _said(parts: list[str]) -> Iterator[str]:
    times, tens = 1, 0
    for place, word in enumerate(parts):
        following = NUMBERS.get(parts[place + 1], 0) if place + 1 < len(parts) else 0
        if word in TIMES:
            times = TIMES[word]
        elif word in TENS and 0 < following < 10:
            tens = TENS[word]
        elif word in NUMBERS or word in TENS:
            yield str(tens + NUMBERS.get(word, TENS.get(word, 0))) * times
            times, tens = 1, 0
        else:
            yield word * times if word.isdigit() else word
            times = 1


def signless(parts: list[str]) -> list[str]:
    """Without the "at" and the "dot" of an address that is spelt out."""
    return [word for word in parts if word not in SIGNS]


def spelt_out(parts: list[str]) -> list[str]:
    """The same with its numbers in digits."""
    return signless(said(parts))


READ: dict[Way, Callable[[list[str]], list[str]]] = {
    Way.PLAIN: list,
    Way.SINGULAR: singular,
    Way.SIGNLESS: signless,
    Way.SAID: spelt_out,
}
