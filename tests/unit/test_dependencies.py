"""Handlers get objects of the process by the types of their arguments, or the start fails."""

import pytest

from service.http.dependencies import Dependencies, MissingDependencyError
from service.http.request import Request, direct
from service.http.response import Response


class Clock:
    """Something that a process holds open."""

    time = b"noon"


@direct()
async def tell_time(_request: Request, *, clock: Clock) -> Response:
    """Need a clock."""
    return Response(clock.time)


async def test_a_handler_gets_the_object_of_the_type_it_names() -> None:
    dependencies = Dependencies()
    dependencies.provide(Clock())
    dependencies.bind([tell_time])
    response: Response = await dependencies.bound(tell_time)(None)
    assert response.body == b"noon"


async def test_an_argument_that_nothing_provides_is_named_when_the_app_starts() -> None:
    with pytest.raises(MissingDependencyError, match=r"test_dependencies.tell_time takes clock: Clock"):
        Dependencies().bind([tell_time])
