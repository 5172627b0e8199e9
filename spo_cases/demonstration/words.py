"""What was said and written in the demonstration's cases. Made up, and plain enough to read."""

from datetime import date, time, timedelta
from typing import Any

from spo_cases.demonstration.cast import FORCES, Cast
from spo_cases.demonstration.names import STREETS

__all__ = ["STREETS"]
NICKNAMES = ("Tezza", "Big Sample", "Smudge", "Pixel", "Mocky")
REASON = "Three statements and the phone download say so."
TAKEN_FORWARD: dict[str, Any] = {
    "outcome": "proceed",
    "acts_shown": True,
    "acts_reason": REASON,
    "risk_shown": True,
    "risk_reason": "He comes more often, and said that he will not stop.",
    "necessary": True,
    "necessary_reason": "Bail ends with the criminal case; nothing else keeps him away.",
}
DECLINED: dict[str, Any] = TAKEN_FORWARD | {
    "outcome": "decline",
    "risk_shown": False,
    "risk_reason": "The last contact was two years ago, and he has moved abroad.",
    "decline_reason": "no_risk",
    "told_requester": "A present risk is not shown. Ask again if anything more happens.",
}
ALL_MET: dict[str, Any] = {
    "acts_met": True,
    "acts_reason": "The chronology shows contact and loitering after he was told to stop.",
    "risk_met": True,
    "risk_reason": "The screening is high and the acts come closer together.",
    "necessity_met": True,
    "necessity_reason": "Each condition answers an act that he has done.",
}
CONCERNS = (
    "He sends messages every day from new accounts, and waits outside her work.",
    "She found a tracker under her car. He knew where she had been.",
    "He writes to her family and colleagues, and will not stop when asked.",
    "He walks past the house each evening and leaves things at the door.",
)
ACTS = (
    ("contacting", "Forty messages in one day, from three numbers, after she asked him to stop."),
    ("loitering", "Stood opposite her place of work for an hour and left when she came out."),
    ("following", "Followed her bus in his car for six stops."),
    ("watching_or_spying", "Watched the building with binoculars from the car park."),
    ("monitoring", "Signed in to her email from his phone; the provider confirmed the device."),
    ("publishing", "Put up a false profile in her name with her picture."),
)
BREACHES = (
    "He rang her eleven times from a withheld number and left two messages.",
    "He sat in the café opposite for forty minutes and waved.",
    "Payments of 1p with messages in the reference.",
)


def town(cast: Cast) -> str:
    """The made-up town of a made-up force."""
    return next(town for code, _, _, town in FORCES if code == cast.force.pk)


def concerns(number: int) -> str:
    return CONCERNS[number % len(CONCERNS)]


def breach(number: int) -> str:
    return BREACHES[number % len(BREACHES)]


def looks(number: int) -> dict[str, Any]:
    """How he looks and what an officer at his door must know."""
    welsh = number % 11 == 4
    return {
        "description": "Tall, short dark hair, usually a grey coat.",
        "language": "Welsh" if welsh else "",
        "interpreter_needed": welsh,
        "warnings": "May resist arrest" if number % 9 == 0 else "",
    }


def acts(number: int, first_day: date) -> list[dict[str, Any]]:
    """Three to five acts in the weeks before the first ask."""
    found = []
    for n in range(3 + number % 3):
        kind, description = ACTS[(number + n) % len(ACTS)]
        found.append(
            {
                "kind": kind,
                "from_on": first_day - timedelta(days=40 - 8 * n),
                "time": time(8 + 3 * n, 15),
                "place": "Near her place of work" if kind != "contacting" else "",
                "description": description,
                "exhibit": f"PM/{n + 1}",
                "online": kind in ("contacting", "monitoring", "publishing"),
            }
        )
    return found


def conditions(number: int, online: bool) -> list[dict[str, Any]]:
    """Three or four whole conditions from the library."""
    called = "Mr A" if number % 12 == 10 else "Ms A"
    why = {
        "evidence": "Exhibits PM/1 to PM/3",
        "conflicts_with_religion": False,
        "interferes_with_work": False,
        "interferes_with_education": False,
        "discloses_location": False,
    }
    through = ["through a solicitor acting for you"]
    found: list[dict[str, Any]] = [
        {
            "library_code": "P01",
            "slots": {"person": called, "exceptions": through},
            "necessity": "He wrote every day after he was told to stop.",
        },
        {
            "library_code": "P02",
            "slots": {"person": called, "exceptions": through},
            "necessity": "He asked a cousin and two colleagues to pass on messages.",
        },
        {
            "library_code": "P04",
            "slots": {"person": called, "distance": 100},
            "necessity": "He followed and waited for her four times in a month.",
        },
    ]
    if online:
        found.append(
            {
                "library_code": "P05",
                "slots": {"person": called},
                "necessity": "He put up a false profile with her picture.",
            }
        )
    return [condition | why for condition in found]


def sections(number: int, until: date) -> dict[str, dict[str, Any]]:
    """Every written part of the application."""
    return {
        "area": {"area_limb": "resides", "area_reason": "He lives in this force's area."},
        "risk": {
            "risk": "The acts come closer together. He has said that he cannot stop thinking of "
            "her, and has bought a tracker before.",
            "risk_tool": "S-DASH",
            "risk_level": ("high", "medium", "high")[number % 3],
        },
        "necessity": {
            "necessity": "Words of advice and bail have not stopped him. The order is needed to "
            "protect her after the criminal case, whatever its result."
        },
        "consultation": {
            "consulted": "both",
            "victim_view": "She and her advocate went through each condition and agree.",
        },
        "other_orders": {
            "other_orders": "Bail with a condition not to contact her.",
            "criminal_case": "investigation",
        },
        "duration": {
            "duration": "fixed",
            "asked_until": until,
            "duration_reason": "He has kept on for more than a year.",
            "interim_sought": True,
            "interim_reason": "She is not safe until the hearing.",
            "notice_given": True,
        },
    }
