from casework import api, pages
from contact.models import Matter, Telling
from contact.shapes import MatterShape, TellingShape
from contact.views import ACTS

app_name = "contact"
urlpatterns = [*pages.urls_for(ACTS)]
api_urlpatterns = [
    *api.urls_for(ACTS),
    *api.reads(Matter, MatterShape, order="-happened_at"),
    *api.reads(Telling, TellingShape, order="-recorded_at"),
]
