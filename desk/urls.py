from django.urls import include, path

from casework import api, pages
from desk import administration, confirming, places, reaching, units, views

app_name = "desk"
ACTS = (*administration.ACTS, *places.ACTS, *confirming.ACTS, *units.ACTS, *reaching.ACTS)
urlpatterns = [
    path("", views.Today.as_view(), name="today"),
    path("figures/", views.Figures.as_view(), name="figures"),
    path("caseload/", views.Caseload.as_view(), name="caseload"),
    path("cases/<uuid:case>/", views.Overview.as_view(), name="overview"),
    path("cases/<uuid:case>/history/", views.History.as_view(), name="history"),
    path(
        "administration/",
        include(
            [
                path("accounts/", administration.Accounts.as_view(), name="accounts"),
                path("reach/", reaching.Reach.as_view(), name="reach"),
                path("places/", places.Places.as_view(), name="places"),
                path(
                    "users/<uuid:pk>/invitation/",
                    administration.Invitation.as_view(),
                    name="invitation",
                ),
                path("changes/", confirming.Changes.as_view(), name="changes"),
                path("changes/<uuid:pk>/", confirming.Change.as_view(), name="change"),
                *pages.urls_for(ACTS),
            ]
        ),
    ),
]
api_urlpatterns = api.urls_for(ACTS)
