from django.urls import path

from breaches import listing, views
from breaches.models import Breach
from breaches.queries import readable
from breaches.shapes import BreachShape
from casework import api, pages

app_name = "breaches"
urlpatterns = [
    path("", listing.Listing.as_view(), name="list"),
    path("mine/", listing.Mine.as_view(), name="mine"),
    path("cases/<uuid:case>/", views.Overview.as_view(), name="overview"),
    path("<uuid:pk>/", views.Detail.as_view(), name="detail"),
    path("<uuid:pk>/reported/", views.Reported.as_view(), name="reported"),
    *pages.urls_for(views.ACTS),
]
api_urlpatterns = [
    *api.urls_for(views.ACTS),
    *api.reads(Breach, BreachShape, order="-reported_at", rows=readable),
]
