"""How many examples a property is tried with."""

from hypothesis import HealthCheck, settings


def tried_with(examples_max: int) -> settings:
    """Try a property that takes its time with so many examples, or fewer where the profile says so."""
    return settings(
        max_examples=min(examples_max, settings().max_examples),
        suppress_health_check=[HealthCheck.too_slow],
    )
