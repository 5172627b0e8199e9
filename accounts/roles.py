"""Who may do what: the whole of it, on one page. `docs/access.md` is printed from here."""

from enum import StrEnum, auto


class Permission(StrEnum):
    VIEW_CASE = auto()
    VIEW_CASELOAD = auto()
    CHECK_ORDERS = auto()
    RECORD_REQUEST = auto()
    DECIDE_REQUEST = auto()
    LOOK_AGAIN = auto()
    EDIT_PEOPLE = auto()
    VIEW_CONFIDENTIAL = auto()
    DRAFT_APPLICATION = auto()
    AUTHORISE_APPLICATION = auto()
    LODGE_APPLICATION = auto()
    LIST_HEARING = auto()
    RESULT_HEARING = auto()
    MAKE_ORDER = auto()
    SERVE_ORDER = auto()
    APPLY_TO_VARY = auto()
    DECIDE_RENEWAL = auto()
    RECORD_ATTENDANCE = auto()
    DECIDE_FAILURE = auto()
    DECIDE_ATTENDANCE = auto()
    REPORT_BREACH = auto()
    ANSWER_BREACH = auto()
    DECIDE_BREACH = auto()
    TELL_PROTECTED = auto()
    ACKNOWLEDGE_ALERT = auto()
    RECORD_CONSENT = auto()
    ASSIGN_CASE = auto()
    RESTRICT_CASE = auto()
    MAKE_DOCUMENT = auto()
    VIEW_AUDIT = auto()
    VIEW_FIGURES = auto()
    MANAGE_ACCOUNTS = auto()
    CONFIRM_ACCOUNTS = auto()
    MAINTAIN_PLACES = auto()
    VIEW_REACH = auto()
    VIEW_STATUS = auto()
    ASK_FOR_ORDER = auto()
    REPORT_INCIDENT = auto()
    RUN_CLOCK = auto()

    @property
    def phrase(self) -> str:
        """What it lets somebody do, as a sentence says it: "authorise an application"."""
        return PHRASES[self]


PHRASES: dict[Permission, str] = {
    Permission.VIEW_CASE: "open a case",
    Permission.VIEW_CASELOAD: "see the caseload",
    Permission.CHECK_ORDERS: "use the order check",
    Permission.RECORD_REQUEST: "record a request for an order",
    Permission.DECIDE_REQUEST: "decide on a request",
    Permission.LOOK_AGAIN: "look again at a declined request",
    Permission.EDIT_PEOPLE: "change what is known of a person",
    Permission.VIEW_CONFIDENTIAL: "see confidential details",
    Permission.DRAFT_APPLICATION: "draft an application",
    Permission.AUTHORISE_APPLICATION: "authorise an application",
    Permission.LODGE_APPLICATION: "lodge an application at court",
    Permission.LIST_HEARING: "list a hearing",
    Permission.RESULT_HEARING: "record what a court decided",
    Permission.MAKE_ORDER: "record an order",
    Permission.SERVE_ORDER: "record the service of an order",
    Permission.APPLY_TO_VARY: "ask a court to vary, renew or discharge an order",
    Permission.DECIDE_RENEWAL: "decide not to renew an order",
    Permission.RECORD_ATTENDANCE: "record a notification",
    Permission.DECIDE_FAILURE: "decide on a suspected failure to notify",
    Permission.DECIDE_ATTENDANCE: "decide whether an attendance counts",
    Permission.REPORT_BREACH: "report a breach",
    Permission.ANSWER_BREACH: "answer a breach report",
    Permission.DECIDE_BREACH: "decide on a breach",
    Permission.TELL_PROTECTED: "tell a protected person what happens",
    Permission.ACKNOWLEDGE_ALERT: "acknowledge an alert",
    Permission.RECORD_CONSENT: "record a consent",
    Permission.ASSIGN_CASE: "give a case to an officer",
    Permission.RESTRICT_CASE: "restrict a case",
    Permission.MAKE_DOCUMENT: "make a document",
    Permission.VIEW_AUDIT: "see who looked at a case",
    Permission.VIEW_FIGURES: "see the figures",
    Permission.MANAGE_ACCOUNTS: "keep accounts",
    Permission.CONFIRM_ACCOUNTS: "confirm a change of an account",
    Permission.MAINTAIN_PLACES: "keep the list of courts and stations",
    Permission.VIEW_REACH: "see whom the force’s alerts reach",
    Permission.VIEW_STATUS: "see where a client’s case stands",
    Permission.ASK_FOR_ORDER: "ask for an order",
    Permission.REPORT_INCIDENT: "report what happened",
    Permission.RUN_CLOCK: "do what the clock does",
}


class Role(StrEnum):
    OFFICER = auto()
    AUTHORISING_OFFICER = auto()
    LEGAL = auto()
    STALKING_LEAD = auto()
    OFFENDER_MANAGER = auto()
    CONTROL_ROOM = auto()
    ADVOCATE = auto()
    ANALYST = auto()
    FORCE_ADMINISTRATOR = auto()
    AUDITOR = auto()
    DATA_PROTECTION_OFFICER = auto()
    PROFESSIONAL_STANDARDS = auto()
    CLOCK = auto()

    @property
    def called(self) -> str:
        """As people say it: "stalking lead", and "force legal" of those who are that."""
        return "force legal" if self is Role.LEGAL else self.replace("_", " ")


class Scope(StrEnum):
    """Which cases a role's permissions reach, before grants of access add more."""

    UNIT = auto()
    FORCE = auto()
    CONSENT = auto()
    NONE = auto()
    EVERYWHERE = auto()


P = Permission
COURT_WORK = frozenset({P.LODGE_APPLICATION, P.LIST_HEARING, P.RESULT_HEARING, P.MAKE_ORDER})
CASE_WORK = frozenset(
    {
        P.VIEW_CASE,
        P.VIEW_CASELOAD,
        P.CHECK_ORDERS,
        P.RECORD_REQUEST,
        P.EDIT_PEOPLE,
        P.VIEW_CONFIDENTIAL,
        P.DRAFT_APPLICATION,
        P.SERVE_ORDER,
        P.APPLY_TO_VARY,
        P.DECIDE_RENEWAL,
        P.RECORD_ATTENDANCE,
        P.REPORT_BREACH,
        P.ANSWER_BREACH,
        P.DECIDE_BREACH,
        P.TELL_PROTECTED,
        P.DECIDE_FAILURE,
        P.ACKNOWLEDGE_ALERT,
        P.RECORD_CONSENT,
        P.MAKE_DOCUMENT,
    }
)

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.OFFICER: CASE_WORK | COURT_WORK | {P.DECIDE_REQUEST},
    Role.AUTHORISING_OFFICER: frozenset(
        {
            P.VIEW_CASE,
            P.VIEW_CASELOAD,
            P.CHECK_ORDERS,
            P.AUTHORISE_APPLICATION,
            P.REPORT_BREACH,
            P.ACKNOWLEDGE_ALERT,
        }
    ),
    Role.LEGAL: COURT_WORK
    | {P.VIEW_CASE, P.VIEW_CASELOAD, P.CHECK_ORDERS, P.APPLY_TO_VARY, P.MAKE_DOCUMENT}
    | {P.ACKNOWLEDGE_ALERT, P.DECIDE_ATTENDANCE},
    Role.STALKING_LEAD: CASE_WORK
    | COURT_WORK
    | {P.DECIDE_REQUEST, P.LOOK_AGAIN, P.ASSIGN_CASE, P.RESTRICT_CASE, P.VIEW_AUDIT}
    | {P.VIEW_REACH, P.DECIDE_ATTENDANCE},
    Role.OFFENDER_MANAGER: frozenset(
        {
            P.VIEW_CASE,
            P.VIEW_CASELOAD,
            P.CHECK_ORDERS,
            P.SERVE_ORDER,
            P.RECORD_ATTENDANCE,
            P.DECIDE_FAILURE,
            P.REPORT_BREACH,
            P.ACKNOWLEDGE_ALERT,
            P.MAKE_DOCUMENT,
        }
    ),
    Role.CONTROL_ROOM: frozenset({P.CHECK_ORDERS, P.REPORT_BREACH, P.ACKNOWLEDGE_ALERT}),
    Role.ADVOCATE: frozenset({P.VIEW_STATUS, P.ASK_FOR_ORDER, P.REPORT_INCIDENT}),
    Role.ANALYST: frozenset({P.VIEW_FIGURES}),
    Role.FORCE_ADMINISTRATOR: frozenset(
        {P.MANAGE_ACCOUNTS, P.CONFIRM_ACCOUNTS, P.MAINTAIN_PLACES, P.VIEW_REACH}
    ),
    Role.AUDITOR: frozenset({P.VIEW_CASE, P.VIEW_CASELOAD, P.VIEW_AUDIT}),
    Role.DATA_PROTECTION_OFFICER: frozenset(
        {P.VIEW_CASE, P.VIEW_CASELOAD, P.VIEW_AUDIT, P.CONFIRM_ACCOUNTS}
    ),
    Role.PROFESSIONAL_STANDARDS: frozenset(
        {P.VIEW_CASE, P.VIEW_CASELOAD, P.VIEW_AUDIT, P.RESTRICT_CASE, P.ACKNOWLEDGE_ALERT}
        | {P.CONFIRM_ACCOUNTS}
    ),
    Role.CLOCK: frozenset({P.VIEW_CASE, P.RUN_CLOCK}),
}
SCOPES: dict[Role, Scope] = {
    Role.OFFICER: Scope.UNIT,
    Role.AUTHORISING_OFFICER: Scope.FORCE,
    Role.LEGAL: Scope.FORCE,
    Role.STALKING_LEAD: Scope.FORCE,
    Role.OFFENDER_MANAGER: Scope.FORCE,
    Role.CONTROL_ROOM: Scope.NONE,
    Role.ADVOCATE: Scope.CONSENT,
    Role.ANALYST: Scope.NONE,
    Role.FORCE_ADMINISTRATOR: Scope.NONE,
    Role.AUDITOR: Scope.FORCE,
    Role.DATA_PROTECTION_OFFICER: Scope.FORCE,
    Role.PROFESSIONAL_STANDARDS: Scope.FORCE,
    Role.CLOCK: Scope.EVERYWHERE,
}
SEES_RESTRICTED = frozenset({Role.PROFESSIONAL_STANDARDS, Role.CLOCK})
FOUR_EYES = frozenset({P.AUTHORISE_APPLICATION})  # never by the one who drafted it
BY_CARD = frozenset({P.REPORT_BREACH})
"""Reaches every order that the order check answers with, of any force: whoever stands before him can
report a breach, and learns nothing more than the card by it."""
IN_FORCE = frozenset({P.ACKNOWLEDGE_ALERT})
"""Reaches every case of the own force that is not restricted: whoever is on duty sees who has an alert,
and takes it who may open the case or was told (`policy.why_not_take`)."""
READS_THE_INBOX = Role.CONTROL_ROOM
"""Whose the force's duty inbox is, day and night."""
CONFIRMERS = tuple(sorted(role for role in Role if P.CONFIRM_ACCOUNTS in GRANTS[role]))
WITHOUT_CASE = frozenset(
    {
        P.CHECK_ORDERS,
        P.RECORD_REQUEST,
        P.ASK_FOR_ORDER,
        P.VIEW_CASELOAD,
        P.VIEW_FIGURES,
        P.MANAGE_ACCOUNTS,
        P.CONFIRM_ACCOUNTS,
        P.MAINTAIN_PLACES,
        P.VIEW_REACH,
    }
)
"""Asked of the role alone: no case is looked at. What a list then shows is narrowed by VIEW_CASE."""
WITHOUT_POWER = frozenset({P.VIEW_FIGURES, P.VIEW_STATUS, P.ASK_FOR_ORDER, P.REPORT_INCIDENT})
"""No officer has them, and they open and decide nothing: numbers without names; and what an advocate
says, and hears of clients who consented."""


def takes_two(may: frozenset[Permission], reach: Scope, *, opens_restricted: bool) -> bool:
    """Whether one person alone gives this to nobody: it decides or sees more than an officer.

    May something that no officer may, reaches cases beyond an own unit, or opens restricted ones. A
    permission that is new is such a thing until somebody says here that it is not.
    """
    beyond = may - GRANTS[Role.OFFICER] - WITHOUT_POWER
    return bool(beyond) or opens_restricted or reach in (Scope.FORCE, Scope.EVERYWHERE)


OPENS_VAULT = frozenset(role for role in Role if P.VIEW_CONFIDENTIAL in GRANTS[role])
"""Whose account reads where protected people are: none is opened or moved unnoticed."""
TAKE_TWO = frozenset(
    role
    for role in Role
    if role is not Role.CLOCK
    and takes_two(GRANTS[role], SCOPES[role], opens_restricted=role in SEES_RESTRICTED)
)
"""The clock is nobody's to give."""
