"""What protected persons must be told: derived whenever the facts of their case change."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import import_string

from casework.announce import subscribe

DERIVED = {
    "applications.decline_request": "declining.on_declined",
    "applications.accept_request": "declining.on_taken_forward",
    "applications.overturn_decline": "declining.on_taken_forward",
    "applications.reopen_request": "declining.on_reopened",
    "applications.edit": "deriving.follow_parties",
    "applications.list_hearing": "deriving.on_listed",
    "applications.vacate_hearing": "deriving.on_vacated",
    "applications.result_hearing": "deriving.on_resulted",
    "applications.withdraw_application": "deriving.on_withdrawn",
    "applications.correct_result": "righting.on_result_righted",
    "applications.take_back_result": "righting.on_result_righted",
    "applications.relist_hearing": "righting.on_relisted",
    "orders.make_order": "deriving.on_made",
    "orders.correct_order": "righting.on_order_corrected",
    "orders.revive": "righting.on_revived",
    "orders.serve": "deriving.on_served",
    "orders.serve_wording": "deriving.on_served",
    "orders.correct_service": "righting.on_service_corrected",
    "orders.grant_variation": "deriving.on_change_granted",
    "orders.refuse_variation": "deriving.on_change_not_granted",
    "orders.withdraw_variation": "deriving.on_change_not_granted",
    "orders.expire": "deriving.on_ended",
    "orders.discharge": "deriving.on_ended",
    "orders.replace": "deriving.on_ended_with_decision",
    "orders.determine": "deriving.on_determined",
}


class ContactConfig(AppConfig):
    name = "contact"

    def ready(self) -> None:
        """Listen to the rooms below. What is late stands on every page of a case (`desk.wiring`)."""
        import_module("alerts.rooms").keep(import_module("contact.tasks").TURN)
        for topic, handler in DERIVED.items():
            subscribe(topic, import_string(f"contact.lifecycle.{handler}"))
