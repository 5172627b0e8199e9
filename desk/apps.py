from importlib import import_module

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"

    def ready(self) -> None:
        """Connect, now that the models are there (see `desk.wiring`)."""
        import_module("desk.wiring")
