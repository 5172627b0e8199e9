"""The room of cases itself: what its tables of days know is checked before a start."""

from importlib import import_module

from django.apps import AppConfig
from django.core.checks import register


class CaseworkConfig(AppConfig):
    name = "casework"

    def ready(self) -> None:
        register(import_module("casework.holidays").known)
