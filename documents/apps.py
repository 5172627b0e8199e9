from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DocumentsConfig(AppConfig):
    name = "documents"

    def ready(self) -> None:
        """Let every room enter the kinds of document that it writes (its `documents.py`)."""
        autodiscover_modules("documents")
