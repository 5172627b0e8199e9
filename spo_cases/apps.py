"""The project as an app."""

from importlib import import_module

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from spo_cases import reading
from spo_cases.celery import app as celery_app

__all__ = ["SpoCasesConfig", "celery_app"]


class SpoCasesConfig(AppConfig):
    """Loads Celery with Django, so that a task rung from the web finds the broker. Not on import
    of the package: the launcher is in it and knows neither."""

    name = "spo_cases"

    def ready(self) -> None:
        """The anchoring of the log must run, as the rooms' clocks must; who reads is said."""
        import_module("spo_cases.wiring")
        connection_created.connect(reading.install)
