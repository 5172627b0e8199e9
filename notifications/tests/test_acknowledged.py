"""The acknowledgement speaks to him, in plain words."""

import pytest

from documents import layout
from notifications.documents import AcknowledgementForSubject
from notifications.tests import factories
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db


def test_what_was_not_checked_is_said_and_he_is_spoken_to():
    attendance = factories.attended(factories.duty(orders.served()), identity_check="")
    html = layout.lay_out(AcknowledgementForSubject.of(attendance))
    assert "<dt>Identity</dt><dd>Not checked</dd>" in html
    assert "Your only or main home" in html
    assert "sole or main residence" not in html
    assert "Every name that you use, and your home address" in html
