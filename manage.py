#!/usr/bin/env python
"""Django's command line for SPO Cases."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from spo_cases.services.beside import borrow

if __name__ == "__main__":
    borrow(Path(__file__).resolve().parent)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spo_cases.settings")
    execute_from_command_line(sys.argv)
