"""Reads the parameters of an address into types: a Struct of the query, and the parts of the path."""

from collections.abc import Callable, Mapping
from functools import partial
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Generic, Literal, TypeVar, Union, get_args, get_origin
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from events.ids import SLUG_PATTERN, Position
from service.http import parameters
from service.http.request import Request

T = TypeVar("T", bound=Struct)

Read = Callable[[Mapping[str, str], str], Any]
"""Reads the parameter of a name out of all that were given, or refuses it."""

REQUIRED: Final = {"required": True}
"""For `Meta(extra=...)`: the schema says that the parameter is required. The route itself insists on it."""


class Reads(Struct, frozen=True):
    """An annotation that says how to read a parameter, for types that do not say it themselves.

    Attributes:
        schema: Its JSON schema, without the description.
    """

    read: Read
    schema: dict[str, Any]


class Parameter(Struct, frozen=True):
    """A parameter: how to read it, and what clients are told of it."""

    read: Read
    schema: dict[str, Any]
    description: str = ""
    required: bool = False


def describe_parameter(annotation: object) -> Parameter:
    """Find out how to read a parameter of this type.

    Raises:
        TypeError: the type does not say how, and no `Reads` does.
    """
    base, metadata = _unwrapped(annotation)
    metas = [each for each in metadata if isinstance(each, Meta)]
    own = next((each for each in metadata if isinstance(each, Reads)), None) or _reads_of(base, metas)
    examples = [example for meta in metas for example in meta.examples or ()]
    return Parameter(
        own.read,
        own.schema | ({"examples": examples} if examples else {}),
        next((meta.description for meta in metas if meta.description), ""),
        required=any(meta.extra == REQUIRED for meta in metas),
    )


class Query(Generic[T]):
    """Reads the query of an address into a Struct. A name that is not one of its fields is refused.

    Attributes:
        parameters: The parameters by name.
    """

    def __init__(self, type_: type[T]) -> None:
        """Prepare to read a Struct whose fields all have defaults."""
        self._type = type_
        fields = msgspec.structs.fields(type_)
        self.parameters: Final = {field.name: describe_parameter(field.type) for field in fields}
        self._names: Final = tuple(self.parameters)
        self._empty: Final = type_()
        for name, parameter in self.parameters.items():
            if default := getattr(self._empty, name):
                parameter.schema["default"] = default

    def read(self, request: Request) -> T:
        """Read the query.

        Raises:
            BadParameterError: a parameter is unknown, given twice, or malformed.
        """
        if not request.scope["query_string"]:
            return self._empty
        given = parameters.query(request, *self._names)
        return self._type(**{name: self.parameters[name].read(given, name) for name in given})


def _unwrapped(annotation: object) -> tuple[Any, list[object]]:
    """Take a type out of `Annotated`, and out of its union with None."""
    metadata: list[object] = []
    current: Any = annotation
    while True:
        if get_origin(current) is Annotated:
            metadata = [*current.__metadata__, *metadata]
            current = current.__origin__
        elif get_origin(current) in {Union, UnionType} and NoneType in get_args(current):
            rest = [part for part in get_args(current) if part is not NoneType]
            if len(rest) > 1:
                return current, metadata
            [current] = rest
        else:
            return current, metadata


def _reads_of(base: object, metas: list[Meta]) -> Reads:
    if get_origin(base) is Literal:
        known = get_args(base)
        return Reads(partial(parameters.choice, known=known, default=known[0]), {"enum": [*known]})
    if base is str:
        return SLUG if any(meta.pattern == SLUG_PATTERN for meta in metas) else TEXT
    if base is int:
        low = int(next(meta.ge for meta in metas if meta.ge is not None))
        high = int(next(meta.le for meta in metas if meta.le is not None))
        read = partial(parameters.integer, default=low, low=low, high=high)
        return Reads(read, {"type": "integer", "minimum": low, "maximum": high})
    if base not in SIMPLE:
        message = f"The type {base} does not say how to read a parameter; say it with Reads(...)."
        raise TypeError(message)
    return SIMPLE[base]


def _slug(given: Mapping[str, str], name: str) -> str:
    parameters.check_slug(given[name])
    return given[name]


SLUG: Final = Reads(_slug, {"type": "string"})
TEXT: Final = Reads(lambda given, name: given[name], {"type": "string"})
SIMPLE: Final[dict[object, Reads]] = {
    bool: Reads(parameters.flag, {"type": "boolean"}),
    Position: Reads(parameters.position, {"type": "integer", "minimum": 0}),
    UUID: Reads(lambda given, name: parameters.check_uuid(given[name]), {"type": "string", "format": "uuid"}),
}
"""How types that need no bounds are read."""
