"""The notification requirements: derived whenever the facts of an order change."""

from importlib import import_module

from django.apps import AppConfig

from casework.announce import subscribe

DERIVED_FROM = (
    *("make_order", "serve", "serve_late", "serve_wording", "correct_service", "renew"),
    *("revive", "correct_order", "correct_end", "correct_replaced"),
)


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        """Listen to the orders below, and tell them what s9 asks. The models are there only now."""
        import_module("alerts.rooms").keep(import_module("notifications.tasks").TURN)
        deriving = import_module("notifications.lifecycle.deriving")
        asked = import_module("orders.asked")
        asked.told_by(import_module("notifications.queries").at_service)
        for soa in ("record_soa_duty", "take_back_soa_duty"):
            subscribe(f"notifications.{soa}", deriving.renew_sheets_of_person)
        for decided in ("accept_attendance", "attend_again"):
            subscribe(f"notifications.{decided}", deriving.on_decision)
        endings = import_module("orders.lifecycle").ENDINGS
        for topic in (*(f"orders.{act}" for act in DERIVED_FROM), *endings):
            subscribe(topic, deriving.on_order)
        handing = import_module("notifications.lifecycle.handing")
        subscribe("orders.correct_order", handing.on_order_corrected)
