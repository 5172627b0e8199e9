"""Every act that a room declares can be done on a page and through the API, by the same class."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLResolver, get_resolver

from casework.pages import ActView

HOSTS = ("spo_cases.urls", "advocates.hosted_urls")


def views(patterns: list[Any]) -> Iterator[Any]:
    """Every view that has an address."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        else:
            yield pattern.callback


VIEWS = [view for host in HOSTS for view in views(get_resolver(host).url_patterns)]
PAGES = {getattr(view, "view_class", None) for view in VIEWS}
APIS = {getattr(getattr(view, "cls", None), "page", None) for view in VIEWS}


def declared(kind: type[ActView] = ActView) -> Iterator[type[ActView]]:
    """The views that have an act; their addresses have imported them all."""
    for view in kind.__subclasses__():
        if "step" in vars(view) and ".tests." not in view.__module__:
            yield view
        yield from declared(view)


ACTS = sorted(set(declared()), key=lambda view: (view.__module__, view.__name__))


def test_there_are_acts() -> None:
    assert ACTS


@pytest.mark.parametrize("view", ACTS, ids=lambda view: f"{view.__module__}.{view.__name__}")
def test_each_act_has_its_page_and_its_api(view: type[ActView]) -> None:
    assert view in PAGES
    assert view in APIS
