"""What a browser or a program sends, and what it reads in the answer."""

from django.urls import reverse

from applications import forms as own_forms
from casework import forms
from casework.tests.browsing import fill


def page(name, record=None):
    return reverse(f"applications:{name}", kwargs={"pk": record.pk} if record else None)


def text_of(response) -> str:
    return response.content.decode()


def send(client, url, form, values, **extra):
    return fill(client, url, dict(forms.as_data(form, values).lists()) | extra)


def send_condition(client, condition, values, **extra):
    form = own_forms.ConditionForm(condition=condition)
    return send(client, page("edit_condition", condition), form, values, **extra)


def overview(case):
    return reverse("applications:overview", kwargs={"case": case.pk})


def api(client, name, record, body, **headers):
    url = reverse(f"api:applications-{name}", kwargs={"pk": record.pk} if record else None)
    return client.post(url, body, "application/json", headers=headers)
