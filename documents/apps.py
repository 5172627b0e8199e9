from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DocumentsConfig(AppConfig):
    name = "documents"

    def ready(self) -> None:
        """Connect, and let every room enter the kinds of document that it writes (`documents.py`)."""
        import_module("documents.wiring")
        autodiscover_modules("documents")
