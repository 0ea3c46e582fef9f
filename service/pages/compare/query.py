"""The tools, the use case and the moment that an address asks for, and the one address of that comparison."""

from collections.abc import Mapping, Sequence
from typing import Final

from litestar.exceptions import NotFoundException
from msgspec import Struct
from msgspec.structs import replace

from events.facts import OVERALL
from events.log.connection import Pool
from projections.catalogue.finding import read_named_tools
from service.http import parameters
from service.http.problems import BadParameterError
from service.http.request import Request
from service.reads.comparisons import check_tools
from service.views import addresses, moments
from service.views.moments import AsOf

BETWEEN: Final = "-vs-"
PICTURE: Final = ".png"
SPLITS_MAX: Final = 27
"""The most places at which two slugs of 80 letters each can be split."""


class ComparisonQuery(Struct, frozen=True, kw_only=True):
    """The comparison that an address asks for.

    Attributes:
        tools: Slugs in the order to be shown; the first two stand in the path.
        as_of: None for now.
    """

    tools: tuple[str, ...]
    context: str
    as_of: AsOf | None

    def address(self, **changes: str | None) -> str:
        """Name this comparison's page, but for some changes to the query."""
        return addresses.comparison(*self.tools[:2]) + self._query(changes)

    def picture(self) -> str:
        """Name this comparison's picture."""
        return addresses.comparison(*self.tools[:2]) + PICTURE + self._query({})

    def _query(self, changes: Mapping[str, str | None]) -> str:
        return addresses.query_string(
            {
                "with": ",".join(self.tools[2:]) or None,
                "context": None if self.context == OVERALL else self.context,
                **moments.moment_parameters(self.as_of),
                **changes,
            }
        )

    def among(self, tools: Sequence[str]) -> "ComparisonQuery":
        """Ask for these tools instead, in canonical order."""
        return replace(self, tools=tuple(sorted(tools)))

    def without(self, tool: str) -> "ComparisonQuery":
        """Leave a tool out."""
        return self.among([each for each in self.tools if each != tool])


class Asked(Struct, frozen=True):
    """A request for a comparison; `moved` if the comparison has another address than the one asked for."""

    query: ComparisonQuery
    moved: bool


async def read_comparison_query(request: Request, pool: Pool, pair: str) -> Asked:
    """Read the comparison that a request asks for; `pair` is the path's last part, "a-vs-b".

    Raises:
        BadComparisonError: there are too many tools, or one of them twice.
        BadParameterError: the moment or the use case in the address is malformed.
        NotFoundException: the address does not name two tools.
    """
    asked = parameters.known_query(request, "with", "add", "context", "as_of", "corrected")
    first, second = await _split(pool, pair)
    others = [slug for slug in asked.get("with", "").split(",") if slug]
    added = asked.get("add")
    tools = (*sorted((first, second)), *others, *([added] if added else []))
    for slug in tools[2:]:
        _check(slug)
    check_tools(tools)
    context = asked.get("context", OVERALL)
    parameters.check_slug(context)
    query = ComparisonQuery(tools=tools, context=context, as_of=moments.read(asked))
    return Asked(query, moved=added is not None or first > second)


async def _split(pool: Pool, pair: str) -> tuple[str, str]:
    """Split a pair into two slugs. If slugs contain "-vs-" themselves, choose two that are listed."""
    splits = [
        (pair[:place], pair[place + len(BETWEEN) :])
        for place in range(len(pair))
        if pair.startswith(BETWEEN, place)
    ][:SPLITS_MAX]
    if not splits:
        raise NotFoundException(detail=f"{pair!r} names no two tools: it has to be one{BETWEEN}another.")
    chosen = splits[0]
    if len(splits) > 1:
        listed = await read_named_tools(pool, {slug for split in splits for slug in split})
        chosen = next((split for split in splits if listed.keys() >= set(split)), chosen)
    for slug in chosen:
        _check(slug)
    return chosen


def _check(slug: str) -> None:
    try:
        parameters.check_slug(slug)
    except BadParameterError as error:
        raise NotFoundException(detail=error.detail) from error
