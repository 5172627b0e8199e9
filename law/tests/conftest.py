"""Property tests judge answers, never speed: the machine may be busy."""

from hypothesis import HealthCheck, settings

settings.register_profile("law", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("law")
