from django.urls import path

from advocates import views
from casework import api, pages

app_name = "advocates"
urlpatterns = [
    path("<uuid:case>/", views.Contact.as_view(), name="contact"),
    *pages.urls_for(views.ACTS),
]
api_urlpatterns = [*api.urls_for((*views.ACTS, *views.HOSTED_ACTS))]
