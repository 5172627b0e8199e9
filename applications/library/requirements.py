"""Requirements, Q01 to Q06. Leaving them out is a choice; offering one names who provides it."""

from applications.library.entries import Entry
from applications.library.slots import Slot, SlotKind
from law.content import ConditionKind

PROVIDER = Slot(
    "provider",
    SlotKind.PROVIDER,
    "Provider",
    "the provider",
    "a named provider",
    hint="Ask the provider for a place before the court is asked for the requirement",
)
STATION = Slot(
    "station", SlotKind.STATION, "Police station", "the police station", "a named police station"
)
WITHIN = Slot(
    "days_after",
    SlotKind.NUMBER,
    "Within how many days of service",
    "a number of",
    "a set number of",
    hint="Count from the day of service",
)

REQUIREMENTS = (
    Entry(
        "Q01",
        1,
        ConditionKind.REQUIREMENT,
        "To attend a programme about his behaviour",
        "You must attend an assessment for {programme} at {provider} within {days_after} days of "
        "the service of this order and, if you are found suitable, attend each session of which "
        "you are told in writing.",
        "Go to an assessment for {programme} at {provider} within {days_after} days of being given "
        "this order. If you are found suitable, go to each session that you are told of in writing.",
        "The provider tells the offender manager of each session that was missed, within 2 days.",
        (
            Slot("programme", SlotKind.TEXT, "Programme", "the programme", "a named programme"),
            PROVIDER,
            WITHIN,
        ),
    ),
    Entry(
        "Q02",
        1,
        ConditionKind.REQUIREMENT,
        "To attend a mental health assessment",
        "You must attend a mental health assessment by {provider} within {days_after} days of the "
        "service of this order, at the time and place of which you are told in writing.",
        "Go to a mental health assessment by {provider} within {days_after} days of being given this "
        "order, at the time and place that you are told in writing.",
        "The provider confirms attendance to the offender manager.",
        (PROVIDER, WITHIN),
    ),
    Entry(
        "Q03",
        1,
        ConditionKind.REQUIREMENT,
        "To attend a drug or alcohol programme",
        "You must attend an assessment for help with {substance} at {provider} within {days_after} "
        "days of the service of this order and each appointment that follows from it.",
        "Go to an assessment for help with {substance} at {provider} within {days_after} days of "
        "being given this order, and to each appointment that follows from it.",
        "The provider tells the offender manager of each appointment that was missed.",
        (
            Slot(
                "substance",
                SlotKind.TEXT,
                "Drugs, alcohol or both",
                "drugs or alcohol",
                "drugs, alcohol or both",
            ),
            PROVIDER,
            WITHIN,
        ),
    ),
    Entry(
        "Q04",
        1,
        ConditionKind.REQUIREMENT,
        "To hand over devices",
        "You must hand to a constable at {station}, between {times} on the day of the service of "
        "this order or the day after, {devices}, to be kept until {until}.",
        "Hand in at {station}, between {times} on the day you are given this order or the day after: "
        "{devices}. They are kept until {until}.",
        "Property is booked in at the station; the officer in the case checks it on the next day.",
        (
            STATION,
            Slot(
                "times",
                SlotKind.TIMES,
                "Between",
                "two times",
                "two set times",
                hint="09:00 to 17:00",
            ),
            Slot("devices", SlotKind.TEXT, "Which devices", "the devices", "the named devices"),
            Slot("until", SlotKind.DATE, "Kept until", "a date", "a set date", hint="2027-03-26"),
        ),
    ),
    Entry(
        "Q05",
        1,
        ConditionKind.REQUIREMENT,
        "To disclose accounts and devices",
        "You must tell the police at {station}, within {days_after} days of the service of this "
        "order, of each device that you use to reach the internet, each phone number and each "
        "online account that you use, with the codes and passwords that open them, and of each "
        "later one within {days_later} days of first using it.",
        "Tell the police at {station}, within {days_after} days of being given this order, each device "
        "that you use for the internet, each phone number and each online account, with the codes "
        "and passwords that open them. Tell them of each later one within {days_later} days of first "
        "using it.",
        "An offender manager compares the list with the devices at visits every 28 days.",
        (
            STATION,
            WITHIN,
            Slot(
                "days_later",
                SlotKind.NUMBER,
                "Days to tell of a later one",
                "a number of",
                "a set number of",
                hint="3",
            ),
        ),
    ),
    Entry(
        "Q06",
        1,
        ConditionKind.REQUIREMENT,
        "To sign on at a police station",
        "You must report to {station} on each {days} between {times} and sign the record there.",
        "Go to {station} on each {days} between {times} and sign the record there.",
        "The station's front desk sends the record to the offender manager every week.",
        (
            STATION,
            Slot("days", SlotKind.DAYS, "Days of the week", "the days", "set weekday"),
            Slot(
                "times",
                SlotKind.TIMES,
                "Between",
                "two times",
                "two set times",
                hint="10:00 to 18:00",
            ),
        ),
    ),
)
