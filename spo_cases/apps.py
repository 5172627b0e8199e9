"""The project as an app."""

from django.apps import AppConfig

from spo_cases.celery import app as celery_app

__all__ = ["SpoCasesConfig", "celery_app"]


class SpoCasesConfig(AppConfig):
    """Loads Celery with Django, so that a task rung from the web finds the broker. Not on import
    of the package: the launcher is in it and knows neither."""

    name = "spo_cases"
