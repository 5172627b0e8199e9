"""The service's own settings, with one page more: something that only greets who is signed in."""

from spo_cases.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.addresses"
