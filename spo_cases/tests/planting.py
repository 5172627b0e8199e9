"""Cases at every stage, and a canary in each free text of them that somebody could have written."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat

from advocates.tests import factories as advocates
from applications import lifecycle as drafting
from applications.content import content_of, hash_of
from applications.tests import factories as applications
from audit.actor import acting_as
from breaches import lifecycle as answering
from breaches.tests import factories as breaches
from casework import clock
from casework.models import PROTECTED_ROLES, Case, Party
from notifications.tests import factories as notifications
from orders import lifecycle as orders_lifecycle
from orders.models import Order
from orders.terms import Act, Change
from orders.tests import factories as orders
from people.models import Person
from people.tests import factories as people

Column = Any  # a field of a model
HOME = "Flat 3, 41 Zelkova Lane, Canaryford, ZZ4 1QZ"
SONG = "Zelkova Lane"
HEARD = "elkova"
ROOMS = (
    *("people", "casework", "applications", "orders", "notifications", "contact", "breaches"),
    "advocates",
)

# Who is it, and where does he live? To keep that from the police would tell that she lives there.
HIS_OWN = {
    "people.Person": {"given_names", "family_name", "gender", "language"},
    "people.Correction": {"given_names", "family_name"},
    "people.Name": {"text"},
    "people.Identifier": {"text"},
    "people.Address": {"lines", "postcode"},
    "notifications.Attendance": {"names_given", "address_given"},
    "notifications.Duty": {"told"},
}
# Written by the service itself: codes, versions, sentences of ours, names of accounts.
OUR_OWN = {
    "people.Correction": {"corrected_by"},
    "casework.Case": {"reference"},
    "casework.Deadline": {"kind", "title", "path", "owner_role", "provision", "reason", "done_by"},
    "applications.ProposedCondition": {"library_code"},
    "applications.Application": {"outcome_reason"},
    "applications.Hearing": {"outcome_reason"},
    "applications.WrongResult": {"outcome_reason"},
    "applications.Authority": {"content_hash", "voided_by"},
    "orders.Condition": {"kind"},
    "orders.Variation": {"code"},
    "notifications.Duty": {"provision", "reason"},
    "notifications.SuspectedFailure": {"offence_code"},
    "breaches.Breach": {"offence_code"},
}
# The vault, and what is found by it; tables of places, which are no case's.
NOT_OF_A_CASE = {
    *("people.Confidential", "people.SafeContact", "people.Token", "casework.Counter"),
    *("casework.Submission", "applications.Court", "notifications.Station"),
}


def free_texts() -> Iterator[tuple[type[models.Model], Column]]:
    """Each column in which somebody's own words of a case can stand; a new one is here by itself."""
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            label = model._meta.label
            if label in NOT_OF_A_CASE:
                continue
            known = HIS_OWN.get(label, set()) | OUR_OWN.get(label, set())
            for field in model._meta.concrete_fields:
                texts = isinstance(field, models.CharField | models.TextField)
                long = _long(field) >= len(SONG)
                if texts and long and not field.choices and field.name not in known:
                    yield model, field


def plant() -> None:
    """Put the song into every free text, also where nobody wrote one, and into all prose inside JSON."""
    with transaction.atomic(), acting_as("test:setup"):
        for model, field in free_texts():
            _plant_in(model._default_manager.all(), field)
        for room in ROOMS:
            for model in apps.get_app_config(room).get_models():
                for field in model._meta.concrete_fields:
                    if isinstance(field, models.JSONField) and field.name != "findings":
                        _plant_in_json(model, field.name)


def _plant_in(rows: models.QuerySet[Any], field: Column) -> None:
    said = Concat(Value(f"{SONG} "), F(field.name)) if _long(field) > 60 else Value(SONG)
    try:
        with transaction.atomic():
            rows.update(**{field.name: said})
    except IntegrityError:  # some of the rows must have none
        rows.exclude(**{field.name: ""}).update(**{field.name: said})


def _long(field: Column) -> int:
    return field.max_length or 10_000


def _plant_in_json(model: type[models.Model], name: str) -> None:
    for row in model._default_manager.all():
        model._default_manager.filter(pk=row.pk).update(**{name: sung(getattr(row, name))})


def sung(value: Any) -> Any:
    """The same JSON with the song in each text that has more than one word."""
    if isinstance(value, str):
        return f"{SONG} {value}" if " " in value else value
    if isinstance(value, dict):
        return {key: sung(one) for key, one in value.items()}
    return [sung(one) for one in value] if isinstance(value, list) else value


def keep_her_home() -> None:
    """The vault of each case holds it, of everybody who is protected there."""
    by = applications.officer()
    for party in Party.objects.filter(role__in=PROTECTED_ROLES):
        people.confidential(party.person, by, "home", HOME)
    for case in Case.objects.exclude(parties__role__in=PROTECTED_ROLES).distinct():
        with transaction.atomic(), acting_as("test:setup"):
            person = people.person(by, given_names="Carys", family_name="Ffugiwr")
            Party.objects.create(case=case, person=person, role=Party.Role.BOTH, called="Ms A")
        people.confidential(person, by, "home", HOME)


def keep_anothers_home() -> None:
    """Somebody else is hidden there, in each case of which an advocate reads."""
    by = applications.officer()
    for case in Case.objects.exclude(consents=None).distinct():
        with transaction.atomic(), acting_as("test:setup"):
            person = people.person(by, given_names="Dai", family_name="Ffugiwr")
            Party.objects.create(case=case, person=person, role=Party.Role.PROTECTED, called="Mr B")
        people.confidential(person, by, "home", HOME)


def everything() -> None:
    """Requests, drafts, days in court, orders, duties and breaches, in each of their states."""
    asked()
    drafted()
    ordered()
    in_the_end()
    with transaction.atomic(), acting_as("test:setup"):
        Person.objects.update(description="Tall, grey", warnings="Carries a knife; a large dog")
        Case.objects.update(restricted_reason="Known to an officer of the unit")


def asked() -> None:
    applications.request(crime_reference="42/1234/26 of Testshire")
    for who in (advocates.advocate(), applications.superintendent()):
        declined = applications.request(asked_by=who)
        drafting.decide_request(declined, by=applications.officer(), **applications.DECLINE)


def drafted() -> None:
    officer, boss = applications.officer(), applications.superintendent()
    for decision, times in (("refused", 1), ("returned", 1), ("returned", 2)):
        application = applications.submitted(by=officer)
        applications.act(applications.complete_draft(by=officer), by=officer)
        drafting.decide_authority(
            application,
            by=boss,
            decision=decision,
            seen_hash=hash_of(content_of(application)),
            **applications.ALL_MET | {"necessity_met": False, "note": "Say why, in one more line"},
        )
        if times == 2:
            drafting.submit_for_authority(application, by=officer)
    applications.authorised(by=officer)
    drafting.result_hearing(
        applications.heard(), by=applications.legal(), outcome="adjourned",
        note="Put off: he was ill", next_starts_at=clock.now() + timedelta(days=3),
    )  # fmt: skip


def ordered() -> None:
    now = clock.now()
    _tried(orders.made(now - timedelta(days=1), kind="interim"))
    order = orders.served(now - timedelta(days=6))
    orders_lifecycle.correct_service(
        order,
        by=applications.officer(),
        proof=orders.proof(order.made_at + timedelta(hours=2), reaction="He said nothing at all"),
        reason="The hour was wrong in the book",
    )
    notifications.attended(notifications.duty(order), excuse="He was ill", photograph="refused")
    notifications.changed(order, clock.today(), kind="address")
    changes = (Change(Act.AMEND, 1, orders.TERMS[0]),)
    asked = orders.asked(order, changes=changes)
    orders_lifecycle.apply_to_vary(order, by=applications.officer(), asked=asked)
    breach = breaches.assigned(order)
    answering.save_point(
        breach, by=applications.officer(), key="served", held=True, evidence="The book of service"
    )
    advocates.consent(order.case)


def _tried(order: Order) -> None:
    orders_lifecycle.record_attempt(
        order,
        by=applications.officer(),
        tried_at=clock.now(),
        place="At his flat, the door",
        what_happened="Nobody came to the door",
    )


def in_the_end() -> None:
    breaches.decided(orders.served(clock.now() - timedelta(days=40)))
    drafting.withdraw_application(
        applications.lodged(), by=applications.legal(), reason="evidence", note="A witness died"
    )
