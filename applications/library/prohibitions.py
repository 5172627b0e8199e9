"""Prohibitions, P01 to P11."""

from applications.library.entries import Entry
from applications.library.slots import Slot, SlotKind
from law.content import ConditionKind

PERSON = Slot(
    "person",
    SlotKind.PERSON,
    "Protected person",
    "the protected person",
    "the protected person",
    hint="As the court papers call this person: Ms A",
)
AREA = Slot(
    "area",
    SlotKind.PLACE,
    "Name of the area",
    "the name of the area",
    "a named area",
    hint="Area A",
)
CONTACT_EXCEPTIONS = Slot(
    "exceptions",
    SlotKind.EXCEPTIONS,
    "He may still do this",
    "what he may still do",
    "in the ways that are allowed",
    choices=(
        "through a solicitor acting for you",
        "when giving evidence or taking part in proceedings in a court or tribunal",
        "to arrange time with your child through a person whom a court has named",
    ),
    hint="A condition without any way through court or solicitor is often sent back",
    lead=", except ",
)
PLACE_EXCEPTIONS = Slot(
    "exceptions",
    SlotKind.EXCEPTIONS,
    "He may go in to",
    "what he may go in for",
    "do what is allowed",
    choices=(
        "attend court when you are required to",
        "see your solicitor, by an appointment made in writing",
        "attend a police station when this order or a constable requires it",
        "see your child, as a court has arranged",
        "travel to or from your work by the route that the police have agreed in writing",
    ),
    lead=", except to ",
)

PROHIBITIONS = (
    Entry(
        "P01",
        1,
        ConditionKind.PROHIBITION,
        "No contact by any means",
        "You must not contact {person}, or try to, by any means, whether in person, by phone, "
        "message, letter, email, gift, payment or social media{exceptions}.",
        "Do not contact {person} in any way{exceptions}.",
        "Ask the protected person through the agreed safe contact every 7 days; check reports by phone.",
        (PERSON, CONTACT_EXCEPTIONS),
    ),
    Entry(
        "P02",
        1,
        ConditionKind.PROHIBITION,
        "No contact through other people",
        "You must not ask, encourage or allow anybody else to contact {person} for you or to pass "
        "on a message from you{exceptions}.",
        "Do not ask or let anybody else contact {person} for you{exceptions}.",
        "Ask the protected person through the agreed safe contact every 7 days.",
        (PERSON, CONTACT_EXCEPTIONS),
    ),
    Entry(
        "P03",
        2,
        ConditionKind.PROHIBITION,
        "Not to enter a place or area",
        "You must not enter {area}, which is the area bounded by {streets}{exceptions}.",
        "Stay out of {area}, which is bounded by {streets}{exceptions}.",
        "Patrols and CCTV of the boundary; ANPR where his vehicle is known.",
        (
            AREA,
            Slot(
                "streets",
                SlotKind.STREETS,
                "Described by",
                "the streets that bound it",
                "named streets",
                hint="The streets that bound it. A reader must be able to walk round it: start in the "
                "north, go clockwise",
            ),
            PLACE_EXCEPTIONS,
        ),
    ),
    Entry(
        "P04",
        1,
        ConditionKind.PROHIBITION,
        "Not to come within a distance",
        "You must not come within {distance} of {person}. If you find that you are closer, you "
        "must leave at once by the shortest safe way.",
        "Stay at least {distance} away from {person}. If you find that you are closer, leave at once "
        "by the shortest safe way.",
        "Reports from the protected person through the agreed safe contact; CCTV on request.",
        (
            PERSON,
            Slot(
                "distance",
                SlotKind.DISTANCE,
                "Distance in metres",
                "a distance in metres",
                "a set number of metres",
                hint="Within sight is often about 100 metres",
            ),
        ),
        short="Not to come within {distance}",
    ),
    Entry(
        "P05",
        1,
        ConditionKind.PROHIBITION,
        "Not to refer to a person online",
        "You must not publish, send or comment on anything on the internet or on social media that "
        "names, shows or is about {person}, whether by name, picture, initials or description.",
        "Do not post, send or comment on anything about {person} online, with or without the name.",
        "A named officer looks at his known public accounts every 7 days.",
        (PERSON,),
    ),
    Entry(
        "P06",
        1,
        ConditionKind.PROHIBITION,
        "Not to record images",
        "You must not photograph, film or record the voice of {person}, or keep such a picture or "
        "recording made after {since}.",
        "Do not photograph, film or record {person}. Do not keep a picture or recording of {person} "
        "that was made after {since}.",
        "Devices are looked at under the requirement to give access, or on arrest.",
        (
            PERSON,
            Slot(
                "since",
                SlotKind.DATE,
                "Recordings made after",
                "a date",
                "a set date",
                hint="2026-03-27",
            ),
        ),
    ),
    Entry(
        "P07",
        1,
        ConditionKind.PROHIBITION,
        "Not to use a device that keeps no history",
        "You must not use a phone, computer or other device that can reach the internet unless it "
        "keeps a history of its use for at least {days} days and you show it to a constable on "
        "request.",
        "Only use a phone, computer or other device for the internet if it keeps its history for at "
        "least {days} days. Show that history to a constable who asks.",
        "An offender manager checks each disclosed device at visits.",
        (
            Slot(
                "days",
                SlotKind.NUMBER,
                "Days of history kept",
                "a number of",
                "a set number of",
                hint="90",
            ),
        ),
        short="Not to use a device that keeps less than {days} days of history",
    ),
    Entry(
        "P08",
        1,
        ConditionKind.PROHIBITION,
        "No watching or tracking",
        "You must not watch, follow, track or monitor {person}, or any vehicle, account or device "
        "that {person} uses, by any means, and must not pay or ask anybody else to do so.",
        "Do not watch, follow or track {person}, or a vehicle, account or device that {person} uses. "
        "Do not have somebody else do it.",
        "Sweeps of the protected person’s vehicle and devices as agreed; reports by safe contact.",
        (PERSON,),
    ),
    Entry(
        "P09",
        1,
        ConditionKind.PROHIBITION,
        "No court applications that name a person without leave",
        "You must not begin or continue a claim or application that names {person} in {court} "
        "unless a judge of that court has first read it and allowed it.",
        "Do not start or go on with a claim or application that names {person} in {court} unless a "
        "judge of that court has read it and allowed it first.",
        "Force legal asks the court's office every month.",
        (
            PERSON,
            Slot(
                "court",
                SlotKind.TEXT,
                "Which court or courts",
                "the court or courts",
                "a named court",
            ),
        ),
    ),
    Entry(
        "P10",
        1,
        ConditionKind.PROHIBITION,
        "No undisclosed accounts or names",
        "You must not make or use an online account, an email address, a phone number or a name "
        "that you have not told to the police at {station} at least {days} days before.",
        "Tell the police at {station} at least {days} days before you use a new account, email "
        "address, phone number or name.",
        "An offender manager compares disclosed accounts with reports every month.",
        (
            Slot(
                "station",
                SlotKind.STATION,
                "Police station",
                "the police station",
                "a named police station",
            ),
            Slot(
                "days", SlotKind.NUMBER, "Days before", "a number of", "a set number of", hint="3"
            ),
        ),
    ),
    Entry(
        "P11",
        1,
        ConditionKind.PROHIBITION,
        "No tracking devices",
        "You must not have, buy or use a device or an app that is made to show where another "
        "person or another person’s vehicle is{exceptions}.",
        "Do not have, buy or use anything that is made to show where another person or that "
        "person’s vehicle is{exceptions}.",
        "Devices are looked at under the requirement to give access, or on arrest.",
        (
            Slot(
                "exceptions",
                SlotKind.EXCEPTIONS,
                "He may still have",
                "what he may still have",
                "what is allowed",
                choices=(
                    "one fitted by your employer to a vehicle that you drive for work",
                    "one that is part of your own phone and shows only where that phone is",
                ),
                lead=", except ",
            ),
        ),
    ),
)

# Wordings that drafts and orders still have; nobody is offered them any more.
EARLIER_PROHIBITIONS = (
    Entry(
        "P03",
        1,
        ConditionKind.PROHIBITION,
        "Not to enter a place or area",
        "You must not enter {area}, which is edged on the map attached to this order and bounded "
        "by {streets}{exceptions}.",
        "Stay out of {area}, which is bounded by {streets}{exceptions}.",
        "Patrols and CCTV of the boundary; ANPR where his vehicle is known.",
        (
            AREA,
            Slot(
                "streets",
                SlotKind.STREETS,
                "Streets that bound it",
                "the streets that bound it",
                "named streets",
                hint="A reader must be able to walk round it. Start in the north, go clockwise",
            ),
            PLACE_EXCEPTIONS,
        ),
    ),
)
