import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spo_cases.settings")
application: Any = get_wsgi_application()
if settings.ADVOCATES_SOCKET:
    from spo_cases.relay import Relay

    application = Relay(application, settings.ADVOCATES_SOCKET)
