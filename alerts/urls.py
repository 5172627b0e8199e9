from django.urls import path

from alerts import views
from casework import api, pages

app_name = "alerts"
urlpatterns = [
    path("", views.Inbox.as_view(), name="inbox"),
    path("<uuid:pk>/", views.AlertPage.as_view(), name="alert"),
    *pages.urls_for(views.ACTS),
]
api_urlpatterns = api.urls_for(views.ACTS)
