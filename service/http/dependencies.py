"""Passes connections and other objects of the process to handlers, by the types of their arguments."""

import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Protocol

Function = Callable[..., Awaitable[Any]]


class MissingDependencyError(LookupError):
    """A handler takes an argument of a type that the process does not provide."""


class Bindable(Protocol):
    """A handler that still lacks the objects of the process.

    Attributes:
        needs: The types of the arguments that it lacks, by name.
        bind: Makes the function that answers requests, with these arguments.
    """

    __qualname__: str
    needs: Mapping[str, object]
    bind: Callable[[Mapping[str, object]], Function]


class Dependencies:
    """The objects that handlers may take as arguments.

    The app provides everything and binds all handlers when it starts, so that a request looks nothing up.
    """

    def __init__(self) -> None:
        self._by_type: dict[object, object] = {}
        self._bound: dict[Bindable, Function] = {}

    def provide(self, *things: object) -> None:
        """Let handlers take these, each by its class."""
        for thing in things:
            self._by_type[type(thing)] = thing

    def bind(self, handlers: Iterable[Bindable]) -> None:
        """Pass these handlers their arguments.

        Raises:
            MissingDependencyError: one of them takes something that nothing provides.
        """
        for handler in handlers:
            held = {name: self._find(handler, name, type_) for name, type_ in handler.needs.items()}
            self._bound[handler] = handler.bind(held)

    def bound(self, handler: Bindable) -> Function:
        """Return the function that answers requests for a handler."""
        return self._bound[handler]

    def _find(self, handler: Bindable, name: str, type_: object) -> object:
        if type_ not in self._by_type:
            shown = getattr(type_, "__name__", type_)
            message = (
                f"{handler.__module__}.{handler.__qualname__} takes {name}: {shown}; nothing provides it."
            )
            raise MissingDependencyError(message)
        return self._by_type[type_]


def needs_of(function: Function) -> dict[str, object]:
    """Return the types of the arguments that a function takes beside the request, by name."""
    _, *others = inspect.signature(function, eval_str=True).parameters.values()
    return {parameter.name: parameter.annotation for parameter in others}
