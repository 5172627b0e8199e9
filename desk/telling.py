"""What the log says to a person: an act in words, who did it by name, and what changed.

A test holds that every act of every room has its words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.queries import names_of
from applications.parts import NAMES
from audit.models import Entry
from documents.audiences import PAPERS

TOLD = {
    "applications": {
        "record_request": "A request for an order was recorded",
        "ask_for_order": "An advocate asked for an order",
        "accept_request": "The request was taken forward",
        "decline_request": "The request was declined",
        "confirm_decline": "A second look agreed with the decline",
        "overturn_decline": "A second look took the request forward",
        "reopen_request": "The request was opened again",
        "close_duplicate": "The case was closed: the same request goes on in another one",
        "join_request": "The same request, recorded in another case, goes on here",
        "part_request": "A request that went on here was another one, and is decided on in its own case",
        "tell_requester": "The requester was told of the decision",
        "start_draft": "An application was begun",
        "edit": "The application was changed",
        "submit": "The application was sent for authority",
        "give_authority": "Authority was given",
        "return_application": "The application was returned, to be mended",
        "refuse_authority": "Authority was refused",
        "void_authority": "The authority was voided: a person in it was changed outside this case",
        "lodge": "The application was lodged at court",
        "withdraw_application": "The application was withdrawn",
        "list_hearing": "A hearing was listed",
        "vacate_hearing": "A hearing was vacated",
        "result_hearing": "The result of a hearing was recorded",
        "correct_result": "The result of a hearing, which was recorded wrongly, was put right",
        "take_back_result": "The result of a hearing, which was recorded wrongly, was taken back",
        "relist_hearing": "A hearing was put back into the list",
        "reopen_application": "The application was opened again: it was not decided",
        "grant": "The court granted the application",
        "refuse": "The court refused the application",
        "withdraw_in_court": "The application was withdrawn in court",
        "correct_subject": "What is known of the subject was corrected",
        "correct_party": "The name or birth date of a person was corrected",
        "add_name": "Another name was added",
        "add_identifier": "A phone, plate or account was added",
        "add_address": "An address was added",
        "remove_name": "A wrong name was taken out",
        "remove_identifier": "A wrong phone, plate or account was taken out",
        "leave_address": "The last day at an address was recorded",
        "keep_confidential": "A confidential detail was kept",
        "release_confidential": "A confidential detail was taken out",
        "agree_safe_contact": "A safe way of contact was agreed",
        "assign_case": "The case was given to an officer",
        "restrict_case": "The case was restricted to those who are named",
        "lift_restriction": "The restriction of the case was lifted",
    },
    "orders": {
        "make_order": "An order was recorded as made",
        "answer_legal_query": "Force legal answered a question",
        "serve": "Service was recorded",
        "serve_late": "Service was recorded after the order had ended",
        "serve_wording": "Service of the changed order was recorded",
        "correct_service": "The record of service was corrected",
        "correct_order": "The record of the order as made was corrected",
        "correct_end": "How the interim order ended was corrected with it",
        "correct_replaced": "Which interim order the full one replaces was corrected with it",
        "record_attempt": "An attempt to serve was recorded",
        "apply_to_vary": "The court was asked to vary the order",
        "apply_to_renew": "The court was asked to renew the order",
        "apply_to_discharge": "The court was asked to discharge the order",
        "grant_variation": "The court granted what was asked of the order",
        "refuse_variation": "The court refused what was asked of the order",
        "withdraw_variation": "What was asked of the order was withdrawn",
        "vary": "The order was varied",
        "renew": "The order was renewed",
        "leave_to_end": "It was decided not to renew the order",
        "expire": "The order's period ran out",
        "replace": "The interim order was replaced",
        "determine": "The interim order ended with its application",
        "revive": "The end of the interim order was taken back: the result was recorded wrongly",
        "discharge": "The order was discharged",
    },
    "notifications": {
        "derive_duty": "What must be notified, and by when, was worked out",
        "notify": "He notified in time",
        "notify_late": "He notified late",
        "record_attendance": "An attendance was recorded",
        "accept_attendance": "Force legal decided that an attendance counts",
        "attend_again": "Force legal decided that an attendance does not count",
        "hand_over": "He was given the written acknowledgement",
        "hand_again": "The acknowledgement must be handed over again",
        "leave_unhanded": "The reason was recorded why he was not given the acknowledgement",
        "record_change": "A change of name or address was recorded",
        "record_soa_duty": "The sexual offences duty was recorded",
        "take_back_soa_duty": "The sexual offences duty was taken back: recorded by mistake",
        "correct_attendance": "The record of an attendance was corrected",
        "take_back_attendance": "The record of an attendance was taken back",
        "take_out": "What a wrong record told of him was taken out of what an order check finds",
        "correct_change": "The record of a change of name or address was corrected",
        "take_back_change": "The record of a change of name or address was taken back",
        "open_failure": "The time to notify ran out",
        "suspect_false": "A suspected false notification was recorded",
        "suspect": "A suspected failure to notify was opened",
        "failure_days": "The days of a suspected failure follow what he notified since",
        "clear_failure": "A suspected failure was cleared: the facts were corrected",
        "investigate_failure": "A suspected failure is investigated as an offence",
        "excuse_failure": "A reasonable excuse was accepted",
        "leave_failure": "No further action on a suspected failure",
    },
    "contact": {
        "tell": "A protected person was told what happened",
        "try_to_tell": "A protected person could not be told yet",
        "correct_telling": "What a protected person was told was corrected",
    },
    "breaches": {
        "report": "A breach was reported",
        "report_incident": "An advocate reported what happened",
        "acknowledge": "The breach report was acknowledged",
        "assign": "An officer was assigned to the breach",
        "record_victim_told": "A protected person was told of the breach",
        "save_point": "Evidence for a point to prove was saved",
        "record_arrest": "An arrest for the breach was recorded",
        "decide": "What became of the breach was decided",
        "follow_order": "The order was corrected: what is known of the breach was read again",
    },
    "advocates": {
        "record_consent": "A client's consent was recorded",
        "withdraw_consent": "A client's consent was withdrawn",
        "run_out_consent": "A client's consent ran out",
        "end_consent": "A consent ended: the client is protected in the case no more",
    },
    "documents": {
        "request": "A document was asked for",
        "request_document": "A document was asked for",
        "supersede_document": "A document stands no more: its record was taken back",
        "take_document_again": "The facts of a document were read again, after an update of the service",
        "make_document": "A document was made",
        "stop_document": "A document was stopped: it would have told where somebody is",
        "fail_document": "A document could not be made",
    },
    "alerts": {"acknowledge": "An alert was acknowledged"},
    "accounts": {
        "ask_to_confirm": "A second person was asked to confirm a change of an account",
        "confirm_change": "A second person confirmed a change of an account",
        "refuse_change": "A second person refused a change of an account",
        "withdraw_change": "What was asked of an account was withdrawn",
    },
}

LOOKED = {
    "open": "Opened",
    "refused": "Asked for, and refused",
    "search": "Shown by a search of the caseload",
    "order_check": "Shown by the order check",
    "disclose": "A copy left",
    "confidential": "A confidential detail was read",
    "given_away": "Wrote words that give a confidential detail away",
}
REFUSED = (403, 404)  # answered, whatever had been opened for it: nothing was shown


@dataclass(frozen=True)
class Line:
    """One line of the history."""

    at: datetime
    what: str
    change: str  # "draft to submitted"; empty where the status stayed
    who: str
    username: str
    reason: str = ""


def lines(entries: Iterable[Entry]) -> list[Line]:
    """The entries as they are read; the names of all who acted in one query."""
    entries = list(entries)
    names = names_of(entry.actor for entry in entries)
    return [
        Line(
            at=entry.at,
            what=_what(entry),
            change=_change(entry),
            who=names.get(entry.actor, ""),
            username=entry.actor,
            reason=str(entry.details.get("reason", "")) if entry.kind == Entry.Kind.LOOK else "",
        )
        for entry in entries
    ]


def words_of(entry: Entry) -> str:
    """What an act was, in its room's words; empty where no room has words for it.

    A room may act on another's record (drafting corrects a person), so the table's own room is only
    asked first.
    """
    own = TOLD.get(entry.table.partition(".")[0], {})
    return next((told[entry.verb] for told in (own, *TOLD.values()) if entry.verb in told), "")


def _what(entry: Entry) -> str:
    model = entry.table.partition(".")[2]
    if entry.kind == Entry.Kind.LOOK:
        verb = "refused" if entry.details.get("status") in REFUSED else entry.verb
        said = LOOKED.get(verb, verb.replace("_", " ").capitalize())
        return said if model == "case" else f"{said} ({model})"
    said = words_of(entry) or entry.verb.replace("_", " ").capitalize()
    part = _part(entry)
    return f"{said}: {part[:1].lower()}{part[1:]}" if part else said


def _part(entry: Entry) -> str:
    """Which part of an application was changed, or which paper it was about."""
    section, kind = (str(entry.details.get(name) or "") for name in ("section", "kind"))
    if section:
        return NAMES.get(section, section)
    paper = PAPERS.get(f"{entry.details.get('audience')}/{kind}")
    return paper.name if paper else ""


def _change(entry: Entry) -> str:
    before, after = (str(entry.details.get(name) or "") for name in ("before", "after"))
    if not before or not after or before == after:
        return ""
    return f"{before} to {after}".replace("_", " ")
