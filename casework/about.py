"""Help, the accessibility statement and privacy: for everybody, signed in or not, on either host."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View


class About(TemplateResponseMixin, ContextMixin, View):
    """A page that says the same to everybody and looks nobody up."""

    title: str = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(title=self.title, settings=settings))


class Help(About):
    template_name = "about/help.html"
    title = "Help"


class Accessibility(About):
    template_name = "about/accessibility.html"
    title = "Accessibility statement"


class Privacy(About):
    template_name = "about/privacy.html"
    title = "Privacy"


urlpatterns = [
    path("help/", Help.as_view(), name="help"),
    path("accessibility/", Accessibility.as_view(), name="accessibility"),
    path("privacy/", Privacy.as_view(), name="privacy"),
]
