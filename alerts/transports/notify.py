"""Text messages through GOV.UK Notify, which can be asked by reference what it has taken."""

import logging
import threading
from typing import Any

from django.conf import settings
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from alerts.transports import TIMEOUT, Letter, NotSent, Rejected

NEVER = (400, 413, 415, 422)
TO_SEND, TO_ASK = (3, TIMEOUT - 3), (1, 2)  # seconds to connect and to answer: less than a lease
logging.getLogger("notifications_python_client").setLevel(logging.ERROR)
CLIENT: Any = NotificationsAPIClient  # it has no types
_own = threading.local()  # and is not thread-safe


def transport() -> "Notify":
    """The Notify of the settings. Raises NotSent where there is none."""
    if not settings.NOTIFY_API_KEY:
        raise NotSent("NOTIFY_API_KEY is not set")
    return Notify(settings.NOTIFY_API_KEY, settings.NOTIFY_BASE_URL, settings.NOTIFY_TEMPLATE)


class Notify:
    """One service of GOV.UK Notify, with a template whose whole text is ((message))."""

    remembers = True

    def __init__(self, api_key: str, base_url: str, template: str) -> None:
        self.arguments = {"api_key": api_key}
        if base_url:
            self.arguments["base_url"] = base_url
        self.template = template

    def client(self, timeout: tuple[int, int]) -> Any:
        if getattr(_own, "arguments", None) != self.arguments:
            _own.client = CLIENT(**self.arguments)
            _own.arguments = self.arguments
        _own.client.timeout = timeout
        return _own.client

    def send(self, letter: Letter) -> str:
        try:
            answer = self.client(TO_SEND).send_sms_notification(
                phone_number=letter.to,
                template_id=self.template,
                personalisation={"message": letter.body},
                reference=letter.reference,
            )
        except APIError as error:
            raise meaning(error) from error
        return str(answer["id"])

    def found(self, reference: str) -> str | None:
        known = self.client(TO_ASK).get_all_notifications(reference=reference)["notifications"]
        return str(known[0]["id"]) if known else None


def meaning(error: APIError) -> Exception:
    """Certainly not taken, never to be taken, or (a 5xx, no answer) perhaps taken."""
    if error.response is None:
        return error
    status = error.status_code
    text = f"{status} {error.message}"
    if status == 429:
        wait = str(error.response.headers.get("Retry-After", ""))
        return NotSent(text, wait=float(wait) if wait.isdecimal() else 0)
    if status in NEVER:
        return Rejected(text)
    if 400 <= status < 500:  # a key that was revoked is put right by a person; then it goes
        return NotSent(text)
    return error
