"""Which provisions are in force on which day.

One table. A provision of the Act is in it by subsection and paragraph; a row without a date is
law that was passed and is not known to have commenced: it is off until somebody fills it in.
"""

from collections.abc import Iterator
from datetime import date

from law.arguments import require_days

PASSED = date(2019, 3, 15)  # s15(2)
COMMENCED = date(2020, 1, 20)  # s15(3), SI 2020/26 reg 2

# Crime and Policing Act 2026: passed on 29 April 2026, these parts not known to have commenced.
OWN_MOTION = "CPA 2026 order of the court's own motion"
AGENCY_GUIDANCE = "CPA 2026 guidance to public authorities"
IDENTITY_GUIDANCE = "CPA 2026 guidance on identifying a stalker"

# Subsections with the letters of their paragraphs; s6 has paragraphs alone.
_ACT = {
    "s1": "1abc 2ab 3ab 4ab 5ab 6",
    "s2": "1abc 2 3ab 4 5ab 6 7",
    "s3": "1ab 2 3",
    "s4": "1 2ab 3 4ab",
    "s5": "1 2ab 3ab 4ab 5 6ab 7 8",
    "s6": "abcde",
    "s7": "1abcd 2abc 3 4ab",
    "s8": "1 2ab 3 4 5",
    "s9": "1ab 2ab 3ab 4ab 5 6abcd 7",
    "s10": "1ab 2ab 3ab 4ab 5abc 6",
    "s11": "1ab 2ab 3 4 5 6 7",
    "s12": "1 2 3",
    "s13": "1 2",
    "s14": "1 2",
    "s15": "1 2 3 4",
}


def _provisions(section: str, parts: str) -> Iterator[str]:
    yield section
    for part in parts.split():
        number, letters = (part[0], part[1:]) if part[0].isdigit() else ("", part)
        subsection = f"{section}({number})" if number else section
        yield subsection
        yield from (f"{subsection}({letter})" for letter in letters)


TABLE: dict[str, date | None] = {
    **{
        provision: PASSED if section == "s15" else COMMENCED
        for section, parts in _ACT.items()
        for provision in _provisions(section, parts)
    },
    "s4(4)(b)(i)": COMMENCED,
    "s4(4)(b)(ii)": COMMENCED,
    OWN_MOTION: None,
    AGENCY_GUIDANCE: None,
    IDENTITY_GUIDANCE: None,
}


def in_force(provision: str, on: date) -> bool:
    """Is this provision law on that day? Unknown provisions and rows without a date are not."""
    require_days(on=on)
    commenced = TABLE.get(provision)
    return commenced is not None and commenced <= on
