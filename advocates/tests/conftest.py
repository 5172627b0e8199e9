"""An advocate, and her browser on her own host."""

import pytest
from django.test import Client

from accounts.models import User
from advocates.tests import factories


@pytest.fixture
def advocate() -> User:
    return factories.advocate()


@pytest.fixture
def browser(advocate: User) -> Client:
    """The advocate, signed in on her own host."""
    client = Client(HTTP_HOST=factories.HOST)
    client.force_login(advocate)
    return client
