"""What people call a place or an account for short: "41 Zelkova", "the Willows", "Tesco on Northgate".

A name that could be anybody's (High, Church, London, May) says nothing without the number or the kind
of street beside it, and the name of a town says nothing at all.
"""

import re
import unicodedata
from collections.abc import Iterator

from documents.everyday import (
    COMMON,
    COUNTED,
    KINDS,
    PLAINLY_STREETS,
    TOWNS_OF_SAINTS,
    is_ordinary,
    says_nothing,
)
from documents.spellings import NUMBERS, READ, STREET_WORDS, TENS, Piece, Way, words

STREETS = frozenset(STREET_WORDS.values()) | {"hill", "mews", "row", "walk", "heol", "stryd"}
WELSH_STREETS = frozenset({"heol", "stryd", "ffordd", "lon", "rhodfa", "maes", "clos", "cwrt"})
# Who says the one says the other.
LIKE = tuple(
    frozenset(alike.split())
    for alike in (
        "school primary secondary infants juniors academy college nursery preschool",
        "surgery clinic practice pharmacy doctors",
        "vet vets veterinary surgery practice",
        "hospital hospice infirmary",
        "house flats hostel refuge apartments",
        "church chapel",
    )
)
TOWN_LIKE = re.compile(
    r"(ton|ham|ford|chester|cester|bury|borough|burgh|mouth|pool|wick|wich|field|worth|ley|shire|by|"
    r"port|bridge|well|wood|stead|stone|land|minster|head|hill|dale|haven|castle|cliffe|sea|don)$"
)
PLATFORM = (
    r"(?:instagram|insta|facebook|snapchat|snap|tiktok|twitter|telegram|whatsapp|signal|discord|"
    r"youtube|linkedin|reddit|threads|bluesky|mastodon|pinterest|twitch|steam|skype|kik|vinted|hinge)"
)
BY_PLATFORM = re.compile(
    rf"([\w.\-@]+)\s+(?:on|at)\s+{PLATFORM}\b|\b{PLATFORM}(?:\.com)?(?:\s*[:/]\s*|\s+as\s+)([\w.\-@]+)",
    re.IGNORECASE,
)
IS_HANDLE = re.compile(r"@\w[\w.]{3,}|\w*[^\W_]_+[^\W_][\w.]*|[^\W\d_]{2,}\d+[^\W\d_]\w*")
MAILBOX = re.compile(r"([\w.+\-]+)@[\w.\-]+|([\w.+\-]+)%40[\w.\-]+", re.IGNORECASE)
DEGREES = re.compile(r"(-?\d{1,3})\.(\d{3,})\s*°?\s*([NS]?)[,;\s]+(-?\d{1,3})\.(\d{3,})", re.I)
THREE_WORDS = re.compile(r"^\W*([^\W\d_]+)\.([^\W\d_]+)\.([^\W\d_]+)\W*$")
PARTS = re.compile(r"[,;\n]")
BETWEEN = ("", "on", "in", "at", "of", "by", "near", "inthe", "onthe")
UNBROKEN = Way.POSTCODE  # the only reading in which no comma or full stop parts two words
NAME, BARE = 5, 6  # letters of a name beside something, and of one that stands alone
SCRIPTS = ("ARABIC-INDIC", "EXTENDED ARABIC-INDIC", "DEVANAGARI", "BENGALI", "GUJARATI", "GURMUKHI")


def bynames(detail: str) -> Iterator[Piece]:
    """Pieces for what this detail is called for short; none for a town alone."""
    yield from _accounts(detail)
    yield from _spots(detail)
    parts = [held for part in PARTS.split(detail) if (held := words(part))]
    town = parts[-1] if len(parts) > 1 and parts[-1][-1] not in KINDS else []
    for place, held in enumerate(parts):
        if _is_street(held):
            yield from _of_street(held, town)
        elif held is not town:
            yield from _of_house(held, town)
        if place == 0 and len(parts) > 1 and not _is_street(held):
            yield from _branch(held, parts[1])


def western(detail: str) -> str:
    """The digits of every script as 0 to 9, and small capitals as letters."""
    return "".join(_western(sign) for sign in detail)


def in_other_scripts(piece: Piece) -> Iterator[Piece]:
    """The same where somebody wrote the digits of another script, or small capitals."""
    if any(sign.isdigit() for sign in piece.letters):
        for table in DIGITS:
            yield Piece(piece.way, piece.letters.translate(table))
    if piece.way is Way.PLAIN:
        small = piece.letters.translate(SMALL)
        yield Piece(piece.way, small)
        yield Piece(piece.way, piece.letters[:1] + small[1:])


def _western(sign: str) -> str:
    if (digit := unicodedata.digit(sign, None)) is not None:
        return str(digit)
    name = unicodedata.name(sign, "").removeprefix("LATIN LETTER SMALL CAPITAL ")
    return name.lower() if len(name) == 1 else sign


def _named(name: str, otherwise: str) -> str:
    """The sign of this name; the other where this version of Unicode has none."""
    try:
        return unicodedata.lookup(name)
    except KeyError:
        return otherwise


ENGLISH = ("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE")
DIGITS = [
    {ord(str(n)): _named(f"{script} DIGIT {name}", str(n)) for n, name in enumerate(ENGLISH)}
    for script in SCRIPTS
]
SMALL = {
    ord(letter): _named(f"LATIN LETTER SMALL CAPITAL {letter.upper()}", letter)
    for letter in "abcdefghijklmnopqrstuvwxyz"
}


def _plain(*parts: str) -> Piece:
    return Piece(Way.PLAIN, "".join(parts))


def _unbroken(*parts: str) -> Piece:
    return Piece(UNBROKEN, "".join(parts))


def _is_street(held: list[str]) -> bool:
    return len(held) > 1 and (held[-1] in STREETS or held[0] in WELSH_STREETS)


def _telling(word: str, town: list[str]) -> bool:
    """Is this name nobody's else: no everyday word, no number, and no town's?"""
    known = COMMON | KINDS | NUMBERS.keys() | TENS.keys() | {*town}
    long_enough = len(word) >= BARE and word.isalpha()
    if says_nothing([word]):
        return False
    return long_enough and not {word, word.rstrip("s")} & known and not TOWN_LIKE.search(word)


def _of_street(held: list[str], town: list[str]) -> Iterator[Piece]:
    """41 Zelkova; Zelkova alone, where it is no everyday word; Zelkova, Lane."""
    kind = held[0] if held[0] in WELSH_STREETS else held[-1]
    name = [word for word in held if word != kind and not any(c.isdigit() for c in word)]
    at = next((n for n, word in enumerate(held) if word[0].isdigit()), None)
    if not name or name[0] == "street":  # St Swithun's Road: "st" is read as "street"
        return
    counts = name[0] in COUNTED or says_nothing(name)
    if at is not None and not counts and at + 1 < len(held):
        yield Piece(Way.SAID, held[at] + "".join(name))
    if held[-1] == kind and any(_telling(word, town) for word in name):
        yield _unbroken(*name, kind)
    for word in filter(lambda one: _telling(one, town), name):
        if is_ordinary(
            word
        ):  # "invented" of Invented Row; never without a word that means a street
            yield from (_unbroken(word, other) for other in PLAINLY_STREETS)
        else:
            yield _plain(word)


def _of_house(held: list[str], town: list[str]) -> Iterator[Piece]:
    """St Swithun's, Grafton's, Testham General, the Willows, Maltings; ward 7."""
    if held[0] == "ward" and len(held) == 2:
        yield Piece(Way.SAID, "".join(READ[Way.SAID](held)))
    name = [*held]
    while name and name[-1] in KINDS:
        name.pop()
    kinds = held[len(name) :]
    if name and not any(c.isdigit() for word in name for c in word):
        yield from _of_name(name, kinds, town)


def _of_name(name: list[str], kinds: list[str], town: list[str]) -> Iterator[Piece]:
    """What names the house, before what kind of house it is."""
    if name[0] == "the" and len(name) == 2:
        yield from _of_the(name[1], town, with_kind=bool(kinds))
    elif kinds and name[0] == "street" and len(name) == 2:
        yield from _of_saint(name[1], kinds, town)
    elif kinds and len(name) > 1 and name != town and not COMMON.issuperset(name):
        yield _plain(*name)
        yield Piece(Way.SINGULAR, "".join(READ[Way.SINGULAR](name)))
    elif kinds and len(name[0]) >= NAME and name[0] not in COMMON:
        if name != town:
            yield _plain(name[0].rstrip("s"), "s")
        yield from _with_kinds(name[0], kinds)


def _of_the(name: str, town: list[str], *, with_kind: bool) -> Iterator[Piece]:
    if with_kind and (name.endswith("s") or name not in COMMON):
        yield _plain("the", name)
    if _telling(name, town):
        yield _plain(name)


def _of_saint(name: str, kinds: list[str], town: list[str]) -> Iterator[Piece]:
    """St Swithun's of a school; St Albans and St Helens are towns."""
    bare = name.rstrip("s")
    if bare not in TOWNS_OF_SAINTS and town[-1:] != [name]:
        yield Piece(Way.SINGULAR, f"street{bare}")
    yield from _with_kinds(f"street{name}", kinds)


def _with_kinds(name: str, kinds: list[str]) -> Iterator[Piece]:
    alike = {one for like in LIKE if {*like} & {*kinds} for one in like} | {*kinds}
    for kind in sorted(alike):
        yield Piece(Way.SINGULAR, "".join(READ[Way.SINGULAR]([name, kind])))


def _branch(held: list[str], where: list[str]) -> Iterator[Piece]:
    """Tesco on Northgate, for the Tesco Extra that is in Northgate."""
    if not {"with", "at", "in", "on", "by", "near"}.isdisjoint(held):  # "Living with a friend"
        return
    brand = next((word for word in held if word not in ("the", "a")), "")
    usual = brand in COMMON | KINDS | STREETS or says_nothing([brand])
    if usual or len(brand) < NAME - 1 or not brand.isalpha():
        return
    for between in BETWEEN:
        yield _plain(brand, between, *where)


def _accounts(detail: str) -> Iterator[Piece]:
    """zq_canary of "zq_canary on Instagram", jane.zed of an e-mail."""
    for account in (one for pair in BY_PLATFORM.findall(detail) for one in pair):
        if len(account) >= NAME and account.casefold() not in COMMON:
            yield from _account(account)
    mailboxes = [one for pair in MAILBOX.findall(detail) for one in pair if one]
    for mailbox in mailboxes:
        if re.search(r"[\d._+\-]", mailbox):
            yield from _account(mailbox)
            yield _plain(*words(detail.replace("@", " 40 ", 1)))  # %40 is @ in an address
    tokens = [] if mailboxes else re.split(r"[\s,;:()/]+", detail)
    for token in filter(IS_HANDLE.fullmatch, tokens):
        yield from _account(token)


def _account(name: str) -> Iterator[Piece]:
    read = READ[Way.SAID](words(name))
    if len("".join(read)) >= NAME:
        yield Piece(Way.SAID, "".join(read))
        yield _plain(*words(name))


def _spots(detail: str) -> Iterator[Piece]:
    """Degrees to fewer or more places, and three words with commas between them."""
    if found := DEGREES.search(detail):
        north, north_parts, _, east, east_parts = found.groups()
        for places in range(3, max(len(north_parts), len(east_parts)) + 3):
            first, second = (d[:places].ljust(places, "0") for d in (north_parts, east_parts))
            for a, b in {(first, second), (first.rstrip("0"), second.rstrip("0"))}:
                for sign in ("", "n", "s"):
                    yield _plain(north.strip("-"), a, sign, east.strip("-"), b)
    if found := THREE_WORDS.match(detail):
        yield _unbroken(*words(" ".join(found.groups())))
