from django.apps import AppConfig
from django.utils.module_loading import import_string

from casework import frame


class ApplicationsConfig(AppConfig):
    name = "applications"

    def ready(self) -> None:
        frame.mark_cases(import_string("applications.queries.marks_of"))
