"""How a name, a phone or a plate is folded, so that one written otherwise is still found.

Pure text in, pure text out. `sound` follows English and Welsh spelling alike: Siân is Shan, Llywelyn
is Lewellyn, Dafydd is Davith, Rhys is Reece.
"""

import re
import unicodedata
from collections.abc import Collection

PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
APOSTROPHES = re.compile(r"['’‘ʼ`´]")
BETWEEN_WORDS = re.compile(r"[^\w]+|_+")
VOWELS = "aeiouy"
SPELLINGS = (
    (r"^ps", "s"),
    (r"^(?:kn|gn)", "n"),
    (r"^wr", "r"),
    (r"^rh", "r"),
    (r"^s[ei](?=[aeou])", "s"),  # Siân, Siôn, Sean
    (r"sch|sh", "s"),
    (r"tch", "j"),
    (r"ch", "k"),
    (r"ph|ff", "f"),
    (r"ll", "l"),
    (r"dd|th", "t"),
    (r"ck|q", "k"),
    (r"x", "ks"),
    (r"gh(?![aeiouy])", ""),
    (r"ge(?=[aeiouy])|g(?=[eiy])|dge?", "j"),
    (r"c(?=[eiy])|z", "s"),
    (r"c", "k"),
    (r"(?<=[aeiouy])w", ""),
)
CLASSES = str.maketrans({"b": "p", "d": "t", "v": "f", "g": "k", "n": "m"})
COMMON_SOUND = 2  # a sound shorter than this says too little
DIALLED = 10  # the digits of a British number after its 0 or +44
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
POSTCODE_AT_THE_END = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})[\s.]*$", re.I)
LOOK_ALIKES = str.maketrans({"O": "0", "I": "1"})
NUMBER_AND_LETTER = re.compile(r"\b(\d+) ([a-z])\b")
SHORT_OF = {  # as people shorten them; Saint and Street are both St
    **{"saint": "st", "street": "st", "stryd": "st", "road": "rd", "heol": "rd", "ffordd": "rd"},
    **{"avenue": "ave", "av": "ave", "lane": "ln", "close": "cl", "drive": "dr", "court": "ct"},
    **{"crescent": "cres", "gardens": "gdns", "place": "pl", "square": "sq", "terrace": "tce"},
    **{"terr": "tce", "grove": "gr", "park": "pk", "mount": "mt", "apartment": "flat"},
    **{"apt": "flat", "way": "way", "walk": "walk", "row": "row", "rise": "rise", "hill": "hill"},
}
KINDS_OF_STREET = frozenset(SHORT_OF.values()) - {"flat"}


def fold(text: str) -> str:
    """Lower case without accents or punctuation, words apart by one space: "siân o’brien-ŵy"."""
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(c for c in spread if not unicodedata.combining(c)).translate(PLAIN_LETTERS)
    return " ".join(BETWEEN_WORDS.sub(" ", APOSTROPHES.sub("", bare)).split())


def words(name: str) -> tuple[str, ...]:
    """Each word of a name once, a double-barrelled one also written together."""
    parts = [
        word
        for chunk in name.split()
        for word in (*fold(chunk).split(), fold(chunk).replace(" ", ""))
        if word
    ]
    return tuple(dict.fromkeys(parts))


def sound(word: str) -> str:
    """What a word sounds like: its consonants by class, an A for a vowel that it begins with."""
    text = fold(word).replace(" ", "")
    for spelling, heard in SPELLINGS:
        text = re.sub(spelling, heard, text)
    first = "a" if text[:1] in tuple(VOWELS) else ""
    heard_before, kept = "", first
    for letter in text.translate(CLASSES):
        if letter not in VOWELS + "h" and letter != heard_before and letter.isalpha():
            kept += letter
        heard_before = letter if letter != "h" else heard_before
    return kept.upper()


def phone(text: str) -> str:
    """A number as it is dialled in Britain: 07700900123 for +44 (0)7700 900123."""
    digits = re.sub(r"\D", "", re.sub(r"(\+\s*44|^\s*0044)\s*\(0\)", r"\1", text))
    if digits.startswith("0044"):
        digits = digits[4:]
    elif digits.startswith("44") and len(digits) == DIALLED + 2:
        digits = digits[2:]
    return f"0{digits}" if len(digits) == DIALLED and not digits.startswith("0") else digits


def postcode(text: str) -> str:
    """SA11AA for sa1 1aa; empty where it is no British postcode."""
    squeezed = re.sub(r"[^A-Z0-9]", "", text.upper())
    return squeezed if POSTCODE.fullmatch(squeezed) else ""


def without_postcode(address: str) -> tuple[str, str]:
    """An address as one text in two: its lines, and its postcode where it ends with one."""
    found = POSTCODE_AT_THE_END.search(address)
    lines = address[: found.start()].strip(" ,\n") if found else ""
    if found is None or not lines:
        return address.strip(), ""
    return lines, f"{found[1]} {found[2]}".upper()


def address_words(lines: str) -> tuple[str, ...]:
    """Each word of an address's lines once, kinds of streets in short: ("3a", "sample", "st")."""
    parts = NUMBER_AND_LETTER.sub(r"\1\2", fold(lines)).split()
    return tuple(dict.fromkeys(SHORT_OF.get(part, part) for part in parts))


def tells_a_place(wanted: Collection[str]) -> bool:
    """Does any word say more than a number and a kind of street?"""
    return any(not w[0].isdigit() and w not in KINDS_OF_STREET and w != "flat" for w in wanted)


def reads_as_address(wanted: Collection[str]) -> bool:
    """A house's number or a kind of street beside a name of its own: "3 Specimen", "Specimen St"."""
    placed = any(word[0].isdigit() or word in KINDS_OF_STREET for word in wanted)
    return placed and tells_a_place(wanted)


def street_of(wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The words up to the kind of street: what stands before the town. All where there is none."""
    for number, word in enumerate(wanted):
        if word in KINDS_OF_STREET and tells_a_place(wanted[:number]):
            return wanted[: number + 1]
    return wanted


def plate(text: str) -> str:
    """A registration without spaces, O read as 0 and I as 1, as people mistake them."""
    return re.sub(r"[^A-Z0-9]", "", text.upper()).translate(LOOK_ALIKES)


def account(text: str) -> str:
    """An online account or email: lower case, no spaces, no leading @."""
    return "".join(c for c in text.casefold() if c.isprintable() and c != " ").lstrip("@")
