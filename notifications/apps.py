"""The notification requirements: derived whenever the facts of an order change."""

from importlib import import_module

from django.apps import AppConfig

from casework.announce import subscribe

DERIVED_FROM = ("make_order", "serve", "serve_late", "serve_wording", "correct_service", "renew")


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        """Listen to the orders below. The models are there only now."""
        on_order = import_module("notifications.lifecycle.deriving").on_order
        endings = import_module("orders.lifecycle").ENDINGS
        for topic in (*(f"orders.{act}" for act in DERIVED_FROM), *endings):
            subscribe(topic, on_order)
