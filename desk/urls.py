from django.urls import path

from desk import views

app_name = "desk"
urlpatterns = [
    path("", views.Today.as_view(), name="today"),
    path("caseload/", views.Caseload.as_view(), name="caseload"),
    path("cases/<uuid:case>/", views.Overview.as_view(), name="overview"),
    path("cases/<uuid:case>/history/", views.History.as_view(), name="history"),
]
