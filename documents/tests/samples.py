"""One of each document, filled by hand with fictional facts: for pictures, measures and plain tests."""

from dataclasses import replace
from datetime import UTC, date, datetime

from applications.documents import (
    Act,
    ApplicationForCourt,
    AskedCondition,
    Authorisation,
    DraftInterimOrderForCourt,
    DraftOrderForCourt,
)
from documents.audiences import Paper
from notifications.documents import AcknowledgementForSubject
from orders.documents import OrderedCondition, OrderForSubject

CONTACT = (
    "You must not contact Ms A, or try to, by any means, whether in person, by phone, message, letter, "
    "email, gift, payment or social media, except through a solicitor acting for you."
)
AREA = (
    "You must not enter Area A, which is the area bounded by Sample "
    "Street, Test Way, Quay Road and Mock Lane, except to attend court when you are required to, or to "
    "see your solicitor, by an appointment made in writing."
)
PUBLISH = (
    "You must not publish, send or comment on anything on the internet or on social media that names, "
    "shows or is about Ms A, whether by name, picture, initials or description."
)
TELL = (
    "You must tell a constable at Testham police station, within 3 days of being given this order, the "
    "name of each social media, email and messaging account that you use, and of each new one within "
    "3 days of first using it."
)


CLEAR = (
    "The applicant finds that it does not conflict with the defendant’s religious beliefs, interfere "
    "with the times at which the defendant normally works or interfere with the times at which the "
    "defendant attends education."
)


def act(kind: str, on: date, description: str, exhibit: str, **facts: object) -> Act:
    given: dict[str, object] = {"until": None, "time": "", "place": "", "online": False}
    return Act(
        kind=kind,
        on=on,
        description=description,
        exhibit=exhibit,
        **(given | facts),  # type: ignore[arg-type]
    )


ACTS = (
    act(
        "Contacting",
        date(2026, 6, 11),
        "He sent 14 messages in one evening after Ms A had asked him in writing to stop. She read them "
        "and did not reply.",
        "PM/1",
        place="Testham",
        online=True,
    ),
    act(
        "Loitering",
        date(2026, 7, 17),
        "He waited from 17:05 to 18:20 beside the stop that she uses. CCTV shows him leave when her bus "
        "left.",
        "PM/2",
        place="Testham bus station",
        time="17:05",
    ),
    act(
        "Publishing",
        date(2026, 9, 9),
        "He opened an account in her name and posted 6 times as though he were she.",
        "PM/3",
        until=date(2026, 9, 12),
        online=True,
    ),
    act(
        "Following",
        date(2026, 10, 4),
        "He followed her for 400 metres on foot and stopped when she entered a shop.",
        "PM/4; statement of a shop worker",
        place="Sample Street",
    ),
    act(
        "Watching or spying",
        date(2026, 10, 16),
        "He sat in a parked car facing the gym, from before she arrived until after she left.",
        "PM/5",
        place="Quay Road",
    ),
    act(
        "Contacting",
        date(2026, 10, 29),
        "He left a wrapped gift and a note at a counter, to be handed to her.",
        "PM/6",
        place="Sample Street",
    ),
    act(
        "Monitoring",
        date(2026, 11, 11),
        "Her provider recorded four signings-in to her email from an address that the defendant’s "
        "contract uses.",
        "PM/7",
        online=True,
    ),
    act(
        "Contacting",
        date(2026, 11, 19),
        "He sent 3 payments of 1p whose references, read together, say “see you soon”.",
        "PM/8",
        online=True,
    ),
)


def asked(number: int, heading: str, kind: str, text: str, **facts: object) -> AskedCondition:
    given: dict[str, object] = {
        "locality": "",
        "own_last_day": None,
        "necessity": "He did this again after he was told in writing to stop, in paragraphs 6 to 13",
        "evidence": "PM/1 to PM/8",
        "considered": CLEAR,
    }
    return AskedCondition(
        number=number,
        heading=heading,
        kind=kind,
        text=text,
        **(given | facts),  # type: ignore[arg-type]
    )


CONDITIONS = (
    asked(1, "No contact by any means", "prohibition", CONTACT),
    asked(
        2,
        "Not to enter Area A",
        "prohibition",
        AREA,
        locality="Area A, Testham",
        considered="It does interfere with the times at which the defendant normally works. He may go "
        "in for court and his solicitor; his work can be reached by another road. The applicant finds "
        "that it does not conflict with the defendant’s religious beliefs or interfere with the times "
        "at which the defendant attends education.",
    ),
    asked(3, "Not to refer to a person online", "prohibition", PUBLISH),
    asked(4, "To tell the police his accounts", "requirement", TELL),
)


def application(**facts: object) -> ApplicationForCourt:
    return replace(
        ApplicationForCourt(
            title="Complaint for a Stalking Protection Order and for an interim order",
            reference="TS-26-0211",
            check_value="9F3A 71C2 0B6E",
            code="ST19501",
            court="Testham Magistrates’ Court",
            youth_court=False,
            court_reference="",
            dated_on=date(2026, 11, 25),
            applicant="The Chief Constable of Testshire Police",
            defendant="Siôn Mockford",
            defendant_born_on=date(1991, 7, 2),
            defendant_age=35,
            defendant_address="8 Mock Terrace, Testham, ZZ2 2ZZ",
            area="The defendant resides in the applicant’s police area",
            area_reason="",
            authorised=Authorisation(
                by="Supt A. Exemplar", at=datetime(2026, 11, 25, 16, 40, tzinfo=UTC)
            ),
            protected=("Ms A",),
            asked_until=date(2031, 11, 24),
            duration_reason="The acts went on for 5 months in spite of bail.",
            interim_sought=True,
            interim_reason="His bail ends before the hearing.",
            without_notice=False,
            no_notice_reason="",
            acts=ACTS,
            risk="The acts have come closer together: two in June and July, six since 9 September. Ms A has "
            "changed her daily routine and sleeps badly. The risk is of psychological harm and, in the "
            "applicant’s view, of physical harm (section 1(4)).",
            risk_tool="S-DASH",
            risk_level="high",
            necessity="The defendant was asked to stop in writing, was given words of advice on 20 July "
            "and was bailed on 30 October on conditions that end on 27 November 2026 at 12:00. The acts in "
            "paragraphs 12 and 13 came while he was on bail.\n\nNo other measure would protect Ms A "
            "after that time.",
            consulted="The person to be protected was consulted through an advocate.",
            other_orders="There is no other order between them.",
            criminal_case="Under investigation",
            conditions=CONDITIONS,
        ),
        **facts,  # type: ignore[arg-type]
    )


def draft_order(kind: type[DraftOrderForCourt] = DraftOrderForCourt) -> DraftOrderForCourt:
    return kind(
        title="Draft Interim Stalking Protection Order"
        if kind.interim
        else "Draft Stalking Protection Order",
        reference="TS-26-0211",
        check_value="9F3A 71C2 0B6E",
        court="Testham Magistrates’ Court",
        court_reference="",
        applicant="The Chief Constable of Testshire Police",
        defendant="Siôn Mockford",
        defendant_born_on=date(1991, 7, 2),
        order_kind="interim" if kind.interim else "full",
        asked_until=None if kind.interim else date(2031, 11, 24),
        conditions=CONDITIONS,
    )


def order(**facts: object) -> OrderForSubject:
    return replace(
        OrderForSubject(
            title="Interim Stalking Protection Order",
            reference="TS-26-0147",
            court="Testham Magistrates’ Court",
            court_reference="99ZZ0001426",
            applicant="The Chief Constable of Testshire Police",
            force="Testshire Police",
            subject="Martin Testwood",
            subject_born_on=date(1988, 3, 14),
            interim=True,
            made_under="section 5",
            made_at=datetime(2026, 9, 2, 10, 40, tzinfo=UTC),
            last_day=date(2026, 11, 30),
            replaces_interim_made_on=None,
            subject_present=True,
            wording=1,
            conditions=tuple(
                OrderedCondition(
                    number=c.number,
                    heading=c.heading,
                    kind=c.kind,
                    text=c.text,
                    locality=c.locality,
                    own_last_day=c.own_last_day,
                    plain=plain,
                )
                for c, plain in zip(
                    CONDITIONS,
                    (
                        "Do not contact Ms A in any way, except through a solicitor acting for you.",
                        "Stay out of Area A, which is bounded by Sample Street, Test Way, Quay Road "
                        "and Mock Lane, except to attend court when you are required to or see your "
                        "solicitor, by an appointment made in writing.",
                        "Do not post, send or comment on anything about Ms A online, with or "
                        "without the name.",
                        "Tell a constable at Testham police station the name of each account that "
                        "you use, within 3 days of being given this order.",
                    ),
                    strict=True,
                )
            ),
            protected=("Ms A",),
            notifying="must",
            help_phone="01632 960 150",
        ),
        **facts,  # type: ignore[arg-type]
    )


def acknowledgement(**facts: object) -> AcknowledgementForSubject:
    return replace(
        AcknowledgementForSubject(
            title="Acknowledgement of notification",
            reference="TS-26-0147",
            force="Testshire Police",
            court="Testham Magistrates’ Court",
            court_reference="99ZZ0001426",
            order_title="Interim Stalking Protection Order",
            order_made_on=date(2026, 9, 2),
            duty="Name and home address, s9(1)",
            starts_on=date(2026, 9, 2),
            due_on=date(2026, 9, 4),
            attended_at=datetime(2026, 9, 3, 13, 15, tzinfo=UTC),
            station="Testham police station",
            received_by="PC 4410 B. Sampleford",
            authorised_by="",
            names=("Martin Testwood", "Marty Tŷ-Ffug", "Martyn Exampleby"),
            address_limb="His sole or main residence in the UK",
            address="8 Mock Terrace, Testham, ZZ2 2ZZ",
            identity_check="Driving licence seen",
            fingerprints="Not asked for",
            photograph="Taken",
            oral=True,
            in_time=True,
            excuse="",
        ),
        **facts,  # type: ignore[arg-type]
    )


def all_of_them() -> tuple[Paper, ...]:
    return (
        application(),
        draft_order(),
        draft_order(DraftInterimOrderForCourt),
        order(),
        acknowledgement(),
    )
