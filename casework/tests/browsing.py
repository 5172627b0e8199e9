"""What a browser sends back of a page that somebody opened, besides what was typed."""

import re
from collections.abc import Mapping
from typing import Any

from django.test import Client
from django.utils.datastructures import MultiValueDict


def hidden(html: str) -> dict[str, str]:
    """The fields of its form that nobody sees: the version that it shows, and its one-time token."""
    return dict(re.findall(r'type="hidden" name="(once|version)" value="([^"]*)"', html))


def opened(client: Client, url: str) -> dict[str, str]:
    """The same of the page that this person opens now; nothing where no form is shown."""
    return hidden(client.get(url).content.decode())


def fill(client: Client, url: str, typed: Mapping[str, Any] | None = None, **told: Any) -> Any:
    """Open the page of a form, and send what was typed with what it carries."""
    lists = dict(typed.lists()) if isinstance(typed, MultiValueDict) else dict(typed or {})
    return client.post(url, opened(client, url) | lists, **told)
