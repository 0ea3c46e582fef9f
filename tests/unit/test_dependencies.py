"""Handlers get what the process holds open by the types of their arguments, or the start fails."""

import pytest

from service.http.dependencies import Dependencies, MissingDependencyError
from service.http.request import Request


class Clock:
    """Something that a process holds open."""


async def tell_time(_request: Request, *, clock: Clock) -> Clock:
    """Need a clock."""
    return clock


async def test_a_function_gets_the_thing_of_the_type_it_names() -> None:
    dependencies, clock = Dependencies(), Clock()
    dependencies.provide(clock)
    dependencies.bind([tell_time])
    assert dependencies.arguments(tell_time) == {"clock": clock}


async def test_what_nothing_provides_is_named_when_the_app_starts() -> None:
    with pytest.raises(MissingDependencyError, match=r"test_dependencies.tell_time takes clock: Clock"):
        Dependencies().bind([tell_time])
