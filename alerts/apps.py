from importlib import import_module

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "alerts"

    def ready(self) -> None:
        """Connect, now that the models are there (see `alerts.wiring`)."""
        import_module("alerts.wiring")
