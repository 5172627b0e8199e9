from django.apps import AppConfig
from django.utils.module_loading import import_string

from casework.announce import subscribe


class AdvocatesConfig(AppConfig):
    name = "advocates"

    def ready(self) -> None:
        """Who is protected no more, by a change of the application, consents to nothing."""
        subscribe("applications.edit", import_string("advocates.lifecycle.end_consents_of_others"))
