#!/usr/bin/env python
"""Django's command line for SPO Cases."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from spo_cases.services.beside import borrow

BY_THE_OWNER = {"migrate", "grant_roles", "seed"}  # of the tables: DATABASE_URL_OWNER

if __name__ == "__main__":
    borrow(Path(__file__).resolve().parent)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spo_cases.settings")
    if BY_THE_OWNER & set(sys.argv[1:2]):
        os.environ.setdefault("SPO_DATABASE_ROLE", "owner")
    execute_from_command_line(sys.argv)
