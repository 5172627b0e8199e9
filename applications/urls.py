from django.urls import path

from applications import api as shapes
from applications import views
from applications.models import Application, Authority, Hearing, Request
from casework import api, pages

app_name = "applications"
urlpatterns = [
    path("requests/", views.Requests.as_view(), name="requests"),
    path("asked/", views.Asked.as_view(), name="asked"),
    path("<uuid:case>/", views.Overview.as_view(), name="overview"),
    path("<uuid:case>/people/", views.People.as_view(), name="people"),
    path("<uuid:case>/hearings/", views.Hearings.as_view(), name="hearings"),
    *pages.urls_for(views.ACTS),
]
api_urlpatterns = [
    path(
        "applications/<uuid:pk>/content/",
        shapes.ContentApi.as_view(),
        name="applications-content",
    ),
    *api.urls_for(views.ACTS),
    *api.reads(Request, shapes.RequestShape, order="-asked_at"),
    *api.reads(Application, shapes.ApplicationShape, order="-saved_at"),
    *api.reads(Authority, shapes.AuthorityShape, order="-decided_at"),
    *api.reads(Hearing, shapes.HearingShape, order="starts_at"),
]
