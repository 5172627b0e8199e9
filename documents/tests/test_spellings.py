"""A hidden detail is found in every spelling, and innocent words beside it stop nothing."""

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from documents.leaks import gives_away
from documents.spellings import SIGNS, said

SWITHUN = "St Swithun"
HOME = "Flat 3, 41 Zelkova Lane, Canaryford, ZZ4 1QZ"
OAKS = "The Oaks, 3 Park Road, Testham, TS1 4ZZ"
PHONE = "07700 900461"
MAIL = "jane.sample@example.org"
HANDLE = "zq_canary.91"
PLATE = "ZQ41 XYZ"


@pytest.mark.parametrize(
    ("detail", "text"),
    [
        (SWITHUN, "He waits at St Swithuns."),
        (SWITHUN, "He waits at St Swithun's."),
        (SWITHUN, "He waits at St. Swithun’s gate"),
        (SWITHUN, "near Saint Swithuns' gate"),
        ("St Swithuns", "near St Swithun"),
        ("St Swithun's Primary School, Testham", "at St Swithuns Primary Schools"),
        ("Sampleford Primary Schools", "Sampleford Primary School's gate"),
        ("Quillfeather Bakers, Ostrich Road", "outside Quillfeather's Baker"),
        ("Quillfeather Bakers, Ostrich Road", "two streets from Ostrich Rds"),
        (HOME, "He knows Zelkova Lanes"),
        (HOME, "Z e l k o v a   L a n e"),
        (HOME, "Z-e-l-k-o-v-a L.a.n.e"),
        (HOME, "Zel-\nkova Lane"),
        (HOME, "Zelkova\nLane"),
        (HOME, "41ZelkovaLane"),
        (HOME, "#zelkovalane"),
        (HOME, "in myzelkovalanehouse"),
        (HOME, "forty-one, Zelkova Lane"),
        (HOME, "Z Z 4 1 Q Z"),
        (HOME, "ZZ four one QZ"),
        (HOME, "ZZ4\n1QZ"),
        (OAKS, "He drove by THE OAKS twice"),
        (OAKS, "Park Road. He was there"),
        (OAKS, "a car. Park Road was empty"),
        (PHONE, "oh double seven double oh nine double oh four six one"),
        (PHONE, "zero seven seven zero zero, nine zero zero, four six one"),
        (PHONE, "0 7 7 0 0 9 0 0 4 6 1"),
        (PHONE, "077 00\n900-461"),
        (PHONE, "+44 7700 nine double zero four six one"),
        ("oh seven seven double oh nine double oh four six one", "07700900461"),
        (MAIL, "jane dot sample at example dot org"),
        (MAIL, "jane sample at example dot org"),
        (MAIL, "JANE.SAMPLE AT EXAMPLE.ORG"),
        (MAIL, "jane.sample(at)example(dot)org"),
        (MAIL, "jane point sample at example point org"),
        (MAIL, "j a n e . s a m p l e @ e x a m p l e . o r g"),
        (MAIL, "jane.sample@\nexample.org"),
        ("jane at example dot org", "write to jane@example.org"),
        ("jane@example.org", "jane at example dot org"),
        (HANDLE, "zq underscore canary dot ninety-one"),
        (HANDLE, "ZQ_CANARY.91"),
        (HANDLE, "@zqcanary91"),
        (HANDLE, "z q _ c a n a r y . 9 1"),
        (PLATE, "ZQ four one XYZ"),
        (PLATE, "ZQ forty-one XYZ"),
        (PLATE, "Z Q 4 1 X Y Z"),
    ],
)
def test_found(detail: str, text: str) -> None:
    assert gives_away(text, [detail])


EVERYTHING = (
    *(SWITHUN, HOME, OAKS, PHONE, MAIL, HANDLE, PLATE, "12a The Green, Testham", "Sample Arms"),
    *("14 Church Street, Testham, TS2 2ZZ", "5 Station Road, Testham", "22 Hill Rise, Testham"),
    *("Rose Cottage, Mill Lane, Testham", "Hope House, Testham", "St Ann's Hospice, Testham"),
    *("At home", "Works from home", "Unknown", "None given", "The police station", "School"),
    *("8 Heol y Bont, Caerffug", "Green Lane Nursery, Testham", "The Refuge, Testham"),
)
INNOCENT = (
    # what officers write in conditions
    "You must not contact Ms A by any means, directly or indirectly.",
    "You must not enter Area A, edged in red on the map, in Testham.",
    "You must not come within 100 metres of Ms A.",
    "You must not go to any place where you know or believe Ms A to be, save at court.",
    "You must not enter any school, nursery or college at which a child of Ms A is taught.",
    "You must give the police the password of every phone, tablet and computer you own.",
    "You must sign at Testham police station at 10am on each Monday.",
    "You must not own more than one mobile phone, and must tell the police its number.",
    "You must not use any account that is not in your own name: one e-mail, one telephone.",
    "You must attend Testham Magistrates’ Court, 1 Specimen Square, Testham ZZ1 1ZZ.",
    "You must live and sleep at 9 Example Avenue, Testham, until a further order of the court.",
    "You must not park on Example Road, Testham, or walk through the park. Road closures are no excuse.",
    "You must not enter Station Approach, Testham; the road outside the police station is not in it.",
    "You must not go up the hill. Rise above it: leave her alone.",
    "You must not write about Ms A on any site, at any point, or stop others from leaving it.",
    "You must not enter Church Lane or Mill Street, Testham.",
    "You must not go to the church, street party or fair on 4 May.",
    "You must tell the police at once of a new address, job, car or telephone.",
    # what they write in acts and statements
    "He waited in the car park. Road works kept the bus away.",
    "The oak stood in the garden, and he hid behind the oak several times.",
    "In there fugitives were hiding, he wrote.",
    "They agree not to say where she is, and he agreed.",
    "He sent 12 messages on 2 September 2026; paragraphs 9 to 12 say what they held.",
    "She took refuge with a friend, and has a green car.",
    "Ms Green left the lane by its north end, and Mr Lane did not.",
    "PC Hill, PC Rose and PC Park attended; DC Church took the statement.",
    "Mrs Swith unpacked her things at St Anne’s.",
    "He is the father of Jane, whose sample was taken at the example given in court.",
    "Jane spoke at an example of an organised group’s meeting.",
    "He said that his home is unknown and that he works nights.",
    "No home address was given. None is known.",
    "He hopes: house prices fall, he said, and so will she.",
    "The hope. House to house inquiries found nothing.",
    "He drove a car ZQ41 and left XYZ on the wall.",
    "He rang at 07.40, at 09.00 and at 4.61 by the log’s own clock.",
    "Call 07700 900462, extension 461.",
    "He was seven or eight minutes late, twice, and nine at the third time.",
    "He stood at the school gate, and followed her from work to the station by road.",
    "A sample of his writing: arms crossed, he watched her sample. Arms were not found.",
    "He roamed the lanes, the mills and the greens of the town.",
    "The bus stops at the point where the lane meets the road.",
    "He posted a rose. Cottage pie was left on the step.",
    "He left the common green. A lane further on he stopped.",
    "On the fourth of the 1st month, lane 4 was shut: qz was painted there.",
    "Y bont, dros y ffordd: nid oedd neb yno.",
    "The canary was his. 91 days later it died.",
    "He wrote st. in front of each name, and with unkind words behind it.",
    "Police were called to a street in Testham; no place is known.",
    "TS1 is where the court sits; 4 zzs were drawn.",
)


def test_there_are_innocents_enough() -> None:
    assert len(INNOCENT) >= 40


@pytest.mark.parametrize("text", INNOCENT)
def test_innocent_words_stop_nothing(text: str) -> None:
    assert [detail for detail in EVERYTHING if gives_away(text, [detail])] == []


NAMES = st.text(string.ascii_lowercase, min_size=5, max_size=10).map(str.capitalize)
DIGITS = {"0": "oh", "1": "one", "2": "two", "3": "three", "4": "four"} | {
    **{"5": "five", "6": "six", "7": "seven", "8": "eight", "9": "nine"}
}
SEPARATORS = st.sampled_from(["", " ", "\n", "-", ".", "  "])


@given(NAMES, st.sampled_from(["s", "'s", "’s", "s'", ""]), st.sampled_from(["s", "'s", ""]))
def test_a_name_is_found_with_and_without_the_s(name: str, written: str, held: str) -> None:
    assert gives_away(f"He went to St {name}{written} again.", [f"St {name}{held}"])


@given(NAMES, SEPARATORS)
def test_a_street_is_found_letter_by_letter(name: str, between: str) -> None:
    spelt = f"{between.join(name)}{between or ' '}{between.join('Lane')}"
    assert gives_away(f"He was in {spelt} again.", [f"12 {name} Lane, Testham"])


@given(st.from_regex(r"07[0-9]{9}", fullmatch=True), SEPARATORS, st.booleans())
def test_a_phone_is_found_digit_by_digit(number: str, between: str, in_words: bool) -> None:
    spelt = (between or " ").join(DIGITS[d] for d in number) if in_words else between.join(number)
    assert gives_away(f"Ring {spelt} tonight.", [number])
    assert gives_away(f"Ring {number} tonight.", [spelt])


WORD = st.text(string.ascii_lowercase, min_size=3, max_size=8)
# "dot at dot dot dot" is dot@dot.dot for nobody.
LABEL = WORD.filter(lambda word: word not in SIGNS)


@example("nil", "nil", "nil", " at ")
@example("one", "two", "six", "@")
@example("forty", "one", "com", " at ")
@given(LABEL, LABEL, LABEL, st.sampled_from([" at ", "@", " [at] ", "(at)", " AT "]))
def test_an_e_mail_is_found_as_it_is_said(name: str, host: str, top: str, sign: str) -> None:
    assert gives_away(f"Write to {name}{sign}{host} dot {top}.", [f"{name}@{host}.{top}"])
    assert gives_away(f"Write to {name}@{host}.{top}.", [f"{name}{sign}{host} dot {top}"])


@given(WORD, WORD)
def test_a_name_inside_two_other_words_is_none(before: str, after: str) -> None:
    text = f"He saw {before}the oak stood {after}."
    assert not gives_away(text, ["The Oaks, 1 Zelkova Lane"])


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("oh double seven", ["0", "77"]),
        ("forty one", ["41"]),
        ("forty rooms", ["40", "rooms"]),
        ("treble 9", ["999"]),
        ("fifteen", ["15"]),
        ("double glazing", ["glazing"]),
        ("twenty", ["20"]),
    ],
)
def test_numbers_as_they_are_said(words: str, digits: list[str]) -> None:
    assert said(words.split()) == digits
