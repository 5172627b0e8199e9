from django.apps import AppConfig
from django.db.backends.signals import connection_created

from audit import actor


class AuditConfig(AppConfig):
    name = "audit"

    def ready(self) -> None:
        connection_created.connect(actor.install)
