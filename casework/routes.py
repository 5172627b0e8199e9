"""The addresses of acts: each is named after its step, on the page and in the API alike."""

from collections.abc import Iterable
from typing import Any, Protocol

from django.db.models import Model
from django.urls import URLPattern, path


class Addressed(Protocol):
    """What the address of an act is made from: the page's class, as `casework.pages` declares it."""

    model: Any  # a model's class, or None
    step: Any  # a Step or an Opening
    url_name: str
    plural: str
    __module__: str

    def as_view(self) -> Any: ...


def plural_of(model: type[Model]) -> str:
    """The model's name in addresses: "orders", "court-days"."""
    return str(model._meta.verbose_name_plural).replace(" ", "-")


def slug(name: str) -> str:
    return name.replace("_", "-")


def urls_for(acts: Iterable[Addressed]) -> list[URLPattern]:
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


def page_route(view: Addressed) -> str:
    act = slug(view.url_name or view.step.name)
    if view.model is None:
        return f"{act}/"
    plural = view.plural or plural_of(view.model)
    room = view.__module__.partition(".")[0]
    return f"<uuid:pk>/{act}/" if plural == room else f"{plural}/<uuid:pk>/{act}/"
