"""Passes connections and other objects of the process to handlers, by the types of their arguments."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any

Function = Callable[..., Any]


class MissingDependencyError(LookupError):
    """A handler takes an argument of a type that the process does not provide."""


class Dependencies:
    """The objects that handlers may take as arguments.

    The app provides everything and binds all handlers when it starts, so that a request looks nothing up.
    """

    def __init__(self) -> None:
        self._by_type: dict[object, object] = {}
        self._bound: dict[Function, dict[str, object]] = {}

    def provide(self, *things: object) -> None:
        """Let handlers take these, each by its class."""
        for thing in things:
            self._by_type[type(thing)] = thing

    def bind(self, functions: Iterable[Function]) -> None:
        """Look up the arguments of these functions.

        Raises:
            MissingDependencyError: one of them takes something that nothing provides.
        """
        for function in functions:
            self._bound[function] = {
                name: self._find(function, name, type_) for name, type_ in needs_of(function).items()
            }

    def arguments(self, function: Function) -> Mapping[str, object]:
        """Return the arguments of a function that was bound."""
        return self._bound[function]

    def _find(self, function: Function, name: str, type_: object) -> object:
        if type_ not in self._by_type:
            shown = getattr(type_, "__name__", type_)
            message = (
                f"{function.__module__}.{function.__qualname__} takes {name}: {shown}; nothing provides it."
            )
            raise MissingDependencyError(message)
        return self._by_type[type_]


def needs_of(function: Function) -> dict[str, object]:
    """Name the arguments that a function takes beside the request, and their types."""
    _, *others = inspect.signature(function, eval_str=True).parameters.values()
    return {parameter.name: parameter.annotation for parameter in others}
