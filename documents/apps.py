from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from casework import masks


class DocumentsConfig(AppConfig):
    name = "documents"

    def ready(self) -> None:
        """Connect, and let every room enter the kinds of document that it writes (`documents.py`)."""
        import_module("documents.wiring")
        masks.masked_by(import_module("documents.masking").words_of_each)
        autodiscover_modules("documents")
