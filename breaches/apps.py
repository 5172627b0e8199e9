"""Reports of breaches, the response to each, and what became of it."""

from importlib import import_module

from django.apps import AppConfig

from casework.announce import subscribe


class BreachesConfig(AppConfig):
    name = "breaches"

    def ready(self) -> None:
        """Listen to the alerts below. The models are there only now."""
        subscribe("alerts.acknowledge", import_module("breaches.lifecycle").on_alert_taken)
