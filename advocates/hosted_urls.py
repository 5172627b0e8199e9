"""Every address of the advocates' own host. No police page is here."""

from django.urls import include, path

from accounts.leaving import leave
from advocates import views
from casework import api

urlpatterns = [
    path("accounts/leave/", leave, name="leave"),
    path("accounts/", include("accounts.urls")),
    path("", include("casework.about")),
    path("", views.Clients.as_view(), name="clients"),
    path("clients/<uuid:case>/", views.ClientStatus.as_view(), name="client"),
    path("clients/<uuid:pk>/report/", views.Report.as_view(), name="report"),
    path("asked/", views.Asked.as_view(), name="asked"),
    path("ask/", views.Ask.as_view(), name="ask"),
    path("api/", include((api.urls_for(views.HOSTED_ACTS), "api"))),
]
handler400 = "casework.problems.bad_request"
handler403 = "casework.problems.forbidden"
handler404 = "casework.problems.not_found"
handler500 = "casework.problems.server_error"
