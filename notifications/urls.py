from django.urls import path

from casework import api, pages
from notifications import views
from notifications.models import Duty, SuspectedFailure
from notifications.shapes import DutyShape, FailureShape

app_name = "notifications"
urlpatterns = [
    path("", views.Due.as_view(), name="due"),
    path("", views.Due.as_view(), name="list"),
    path("cases/<uuid:case>/", views.Overview.as_view(), name="overview"),
    path("duties/<uuid:pk>/", views.DutyPage.as_view(), name="duty"),
    *pages.urls_for(views.ACTS),
]
api_urlpatterns = [
    *api.urls_for(views.ACTS),
    *api.reads(Duty, DutyShape, order="due_on"),
    *api.reads(SuspectedFailure, FailureShape, order="failed_from"),
]
