"""The interface held against its own description: whatever is sent, the answer is one that it names."""

import json
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from django.apps import apps
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client
from django.urls import is_valid_path
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts
from advocates.views import HOSTED
from casework.routes import plural_of
from desk.tests import factories

pytestmark = pytest.mark.django_db
EXAMPLES = 2  # of each operation that fit its description, and as many that do not
PARTS = 4  # so that both cores have work
SCHEMA = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(public=True))  # type: ignore[no-untyped-call]
OPERATIONS = [result.ok() for result in SCHEMA.get_all_operations()]
ROLES = (Role.STALKING_LEAD, Role.FORCE_ADMINISTRATOR, Role.CONTROL_ROOM, Role.ADVOCATE)


def sendable(body: Any) -> bool:
    """Whether JSON can say it at all: the generator also makes bytes and its own marks."""
    try:
        json.dumps(body)
    except (TypeError, ValueError):
        return False
    return True


def ids_of(operation: Any) -> list[str]:
    """The records that there are, of the kind that the address names."""
    plural = operation.path.split("/")[2]
    models = [model for model in apps.get_models() if plural_of(model) == plural]
    return [str(pk) for model in models for pk in model.objects.values_list("pk", flat=True)[:3]]


def answered(client: Client, operation: Any, case: Any, pk: str | None) -> Any:
    values = dict(case.path_parameters or {})
    path = operation.path
    for name, value in values.items():
        path = path.replace(f"{{{name}}}", pk if pk else str(value))
    if operation.method.upper() == "GET":
        return client.get(path, {k: str(v) for k, v in (case.query or {}).items()})
    body = case.body if sendable(case.body) else {}
    return client.post(path, json.dumps(body), content_type="application/json")


def test_every_act_is_described() -> None:
    assert len(OPERATIONS) > 90


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_is_sent_the_answer_is_described(part: int, mode: GenerationMode) -> None:
    factories.breached()
    factories.drafted()
    users = [accounts.user(role) for role in ROLES]
    wrong: list[Any] = []
    for operation in OPERATIONS[part::PARTS]:
        try:
            hold(operation, mode, users)
        except AssertionError as error:
            wrong.append(error.args[0])
    assert not wrong


def client_of(user: User, operation: Any) -> Client:
    """Signed in; an advocate on her own host, for what is there."""
    hosted = user.is_advocate and is_valid_path(
        operation.path.replace("{id}", str(uuid4())), urlconf=HOSTED
    )
    host = {"HTTP_HOST": django_settings.ADVOCATES_HOST} if hosted else {}
    client = Client(raise_request_exception=False, **host)
    client.force_login(user)
    return client


def hold(operation: Any, mode: GenerationMode, users: list[User]) -> None:
    """Send some examples to one operation, as different people."""
    known = ids_of(operation)
    described = {*operation.definition.raw["responses"], "401", "405", "415"}

    @settings(
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def send(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(generation_mode=mode))
        user = data.draw(st.sampled_from(users))
        pk = data.draw(st.sampled_from(known)) if known else None
        client = client_of(user, operation)
        with transaction.atomic():
            answer = answered(client, operation, case, pk)
        told = (operation.label, user.role, answer.status_code, answer.content[:400])
        assert str(answer.status_code) in described, told
        if answer.status_code >= 400:
            assert answer["Content-Type"] == "application/problem+json", told
            assert answer.json()["status"] == answer.status_code, told

    send()
