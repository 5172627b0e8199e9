"""The ranks of the police, and which of them may authorise an application."""

from django.db import models


class Rank(models.TextChoices):
    CONSTABLE = "constable", "Constable"
    SERGEANT = "sergeant", "Sergeant"
    INSPECTOR = "inspector", "Inspector"
    CHIEF_INSPECTOR = "chief_inspector", "Chief inspector"
    SUPERINTENDENT = "superintendent", "Superintendent"
    CHIEF_SUPERINTENDENT = "chief_superintendent", "Chief superintendent"
    CHIEF_OFFICER = "chief_officer", "Chief officer"
    STAFF = "staff", "Police staff"


MAY_AUTHORISE = (Rank.SUPERINTENDENT, Rank.CHIEF_SUPERINTENDENT, Rank.CHIEF_OFFICER)
