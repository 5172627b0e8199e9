"""Sign in and out, and choose a password by a link. Nothing else of allauth is reachable; a second
factor's pages would stand here."""

from allauth.account import views
from django.urls import path

from accounts.passwords import ChoosePassword

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("choose/<uidb64>/<token>/", ChoosePassword.as_view(), name="choose_password"),
    path("inactive/", views.account_inactive, name="account_inactive"),
]
