"""The addresses of acts: each is named after its step, on the page and in the API alike."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Model
from django.urls import URLPattern, path

if TYPE_CHECKING:
    from casework.pages import ActView


def plural_of(model: type[Model]) -> str:
    """The model's name in addresses: "orders", "court-days"."""
    return str(model._meta.verbose_name_plural).replace(" ", "-")


def slug(name: str) -> str:
    return name.replace("_", "-")


def urls_for(acts: "Iterable[type[ActView]]") -> list[URLPattern]:
    """The pages of a room's acts, each named after its step: `orders:serve`.

    On the room's own record `<id>/serve/`, on another `hearings/<id>/result/` (a case: `cases/<id>/`),
    on nothing `record-request/`. `url_name` and `plural` of the view say otherwise.
    """
    found: dict[str, URLPattern] = {}
    for view in acts:
        name = view.url_name or view.step.name
        if name in found:
            raise AssertionError(f"Two acts are called {name}. Give one of them a url_name.")
        found[name] = path(page_route(view), view.as_view(), name=name)
    return list(found.values())


def page_route(view: "type[ActView]") -> str:
    act = slug(view.url_name or view.step.name)
    if view.model is None:
        return f"{act}/"
    plural = view.plural or plural_of(view.model)
    room = view.__module__.partition(".")[0]
    return f"<uuid:pk>/{act}/" if plural == room else f"{plural}/<uuid:pk>/{act}/"
