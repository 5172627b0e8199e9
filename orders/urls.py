from django.urls import include, path

from casework import api, pages
from orders import views
from orders.api import AsAtApi, CardApi, CheckApi
from orders.models import Correction, Order, Variation
from orders.queries import readable
from orders.shapes import CorrectionShape, OrderShape, VariationShape

app_name = "orders"
urlpatterns = [
    path("order-check/", views.Check.as_view(), name="check"),
    path("order-check/by/<uuid:pk>/", views.ManyChecks.as_view(), name="many_checks"),
    path("order-check/<uuid:pk>/", views.Card.as_view(), name="card"),
    path("order-check/<uuid:pk>/as-at/", views.Printed.as_view(), name="printed"),
    path("order-check/<uuid:pk>/pdf/", views.PrintedPdf.as_view(), name="printed_pdf"),
    path(
        "orders/",
        include(
            [
                path("cases/<uuid:case>/", views.Overview.as_view(), name="overview"),
                path("cases/<uuid:case>/service/", views.ServicePage.as_view(), name="service"),
                path("<uuid:pk>/as-at/", views.AsAt.as_view(), name="as_at"),
                *pages.urls_for(views.ACTS),
            ]
        ),
    ),
]
api_urlpatterns = [
    path("order-check/", CheckApi.as_view(), name="order-check"),
    path("order-check/<uuid:pk>/", CardApi.as_view(), name="order-card"),
    path("orders/<uuid:pk>/as-at/", AsAtApi.as_view(), name="orders-as-at"),
    *api.urls_for(views.ACTS),
    *api.reads(Order, OrderShape, order="-made_at", rows=readable),
    *api.reads(Correction, CorrectionShape, order="-recorded_at"),
    *api.reads(Variation, VariationShape, order="-applied_on"),
]
