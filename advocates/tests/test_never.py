"""What the database refuses of a consent, whoever writes."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from advocates import lifecycle
from advocates.models import Consent
from advocates.tests import factories
from applications.tests import factories as drafts
from casework import clock

pytestmark = pytest.mark.django_db
NAME = "a_withdrawn_consent_has_when_and_by_whom"


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "withdrawn"},
        {"withdrawn_at": clock.now()},
        {"status": "withdrawn", "withdrawn_at": clock.now()},
        {"status": "run_out", "withdrawn_at": clock.now()},
    ],
)
def test_a_consent_is_withdrawn_by_somebody_at_a_moment(facts: dict[str, Any]) -> None:
    consent = factories.consent(drafts.lodged().case)
    with pytest.raises(IntegrityError, match=NAME), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(**facts)


def test_who_withdrew_it_is_kept() -> None:
    case = drafts.lodged().case
    consent = factories.consent(case)
    officer: User = factories.officer(case)
    lifecycle.withdraw_consent(consent, by=officer)
    consent.refresh_from_db()
    assert (consent.status, consent.withdrawn_by) == (Consent.Status.WITHDRAWN, officer)
