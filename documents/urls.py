from django.urls import path

from casework import api, pages
from documents import views
from documents.api import DocumentShape
from documents.models import Document
from documents.queries import readable

app_name = "documents"
urlpatterns = [
    path("cases/<uuid:case>/", views.Documents.as_view(), name="list"),
    path("<uuid:pk>/", views.Detail.as_view(), name="detail"),
    path("<uuid:pk>/pdf/", views.Pdf.as_view(), name="pdf"),
    path("<uuid:pk>/html/", views.Html.as_view(), name="html"),
    *pages.urls_for(views.ACTS),
]
api_urlpatterns = [
    *api.urls_for(views.ACTS),
    *api.reads(Document, DocumentShape, order="-asked_at", rows=readable),
]
