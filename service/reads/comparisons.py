"""Reads tools side by side, and makes the document of a comparison."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from events.ids import Position
from events.log.connection import Pool
from projections.catalogue.queries import Tool
from projections.comparison.compare import TOOLS_MAX, TOOLS_MIN
from projections.comparison.pairing import ReviewRow, pair_reviews
from projections.comparison.reading import Contexts, NotListedError, Rated, Sides, compare_sides, read_sides
from projections.comparison.shapes import Comparison, Conclusion, CriterionStanding
from projections.leaderboards.matchups import DIGITS
from projections.past.matchups import Matchups
from projections.ratings.past import PastRatings
from projections.ratings.rating import Bounds, Note, notes_among
from projections.rules.rule import Rule
from projections.scores import Counts, Score, score_of
from service.commands.refusals import BadComparisonError, UnknownToolError
from service.reads.as_of import Moment
from service.reads.documents import MatchupScore, matchup_score


class ToolRating(Struct, frozen=True, kw_only=True):
    """How strong a tool is by its matchups with any tools, in the context of the comparison.

    Attributes:
        position: Every preference up to here is reflected; now that may be a moment behind.
        score: 1000 for a tool of average strength, 400 more for ten times the odds. None where it has none.
        interval: At the confidence of the rule; a rating may lack a bound.
        votes: Matchups.
        note: Why a tool has no rating on the scale of the others; None where it has.
    """

    position: Position
    score: float | None
    interval: Bounds
    votes: int
    note: Note | None


class Compared(Struct, frozen=True, kw_only=True):
    """Two to five tools as they were read. Exact at `position`; sequences are in the order asked for.

    Attributes:
        rule: The version of the rules behind all of it.
        context: The use case of the head-to-head criterion and of the ratings.
        counts: The votes of panel and crowd on each tool.
        ratings: None for a tool that met none.
        reviews: All that stand, in rows by lens.
        matchups: The preferences between each two tools in each context, as the first of the two sees it.
        comparison: The standings and the verdict.
    """

    position: Position
    rule: Rule
    context: str
    tools: Sequence[Tool]
    counts: Sequence[Counts]
    ratings: Sequence[ToolRating | None]
    reviews: Sequence[ReviewRow]
    matchups: Mapping[tuple[str, str], Contexts]
    comparison: Comparison


class SideBySide(Struct, frozen=True, kw_only=True):
    """Two to five tools side by side. Exact at `position`; lists of tools are all in the order asked for.

    Attributes:
        rule: Version of the rules by which all of it was made.
        context: Which preferences `head_to_head` and `ratings` take in: those of this use case, or all of
            them (`overall`), so that a voter counts once in each use case.
        ratings: None for a tool that met none.
        reviews: All that stand, in rows by lens. A panelist with several of these reviews has their own row.
        panel: Who leads by the share of reviews that say ship.
        crowd: Who leads by the share of votes that say ship.
        head_to_head: Who leads by the preferences between two tools.
        matchups: What is preferred of each two tools; `left` is the one that was asked for first.
        verdict: What the three criteria come to.
    """

    position: Position
    rule: str
    context: str
    tools: list[Tool]
    scores: list[Score]
    ratings: list[ToolRating | None]
    reviews: list[ReviewRow]
    panel: CriterionStanding
    crowd: CriterionStanding
    head_to_head: CriterionStanding
    matchups: list[MatchupScore]
    verdict: Conclusion


def check_tools(slugs: Sequence[str]) -> None:
    """Refuse tools that cannot be compared.

    Raises:
        BadComparisonError: there are too few or too many tools, or one of them twice.
    """
    if not TOOLS_MIN <= len(slugs) <= TOOLS_MAX:
        message = f"Name {TOOLS_MIN} to {TOOLS_MAX} tools, not {len(slugs)}."
        raise BadComparisonError(message)
    for slug in slugs:
        if slugs.count(slug) > 1:
            message = f"A comparison is between different tools; {slug!r} is named twice."
            raise BadComparisonError(message)


async def read_comparison(
    pool: Pool, slugs: Sequence[str], *, context: str, past: PastRatings, moment: Moment | None
) -> Compared:
    """Read tools that `check_tools` has let through, in one state: of now, or of a moment that is reached.

    Raises:
        UnknownToolError: one of them is not listed, or was not then.
    """
    try:
        sides = await read_sides(
            pool,
            slugs,
            context=context,
            past=past,
            at=moment and moment.at,
            corrected=moment is not None and moment.corrected,
        )
    except NotListedError as error:
        raise UnknownToolError(error.slug, at=moment and error.position) from error
    return compared(sides, await compare_sides(sides))


def compared(sides: Sides, comparison: Comparison) -> Compared:
    """Put together the tools as they were read and their comparison."""
    return Compared(
        position=sides.position,
        rule=sides.rule,
        context=sides.context,
        tools=sides.tools,
        counts=sides.counts,
        ratings=_ratings(sides.ratings),
        reviews=pair_reviews(sides.reviews),
        matchups=sides.matchups,
        comparison=comparison,
    )


def side_by_side(found: Compared) -> SideBySide:
    """Make the document."""
    comparison = found.comparison
    return SideBySide(
        position=found.position,
        rule=found.rule.name,
        context=found.context,
        tools=list(found.tools),
        scores=[
            score_of(tool.slug, found.position, counts, found.rule)
            for tool, counts in zip(found.tools, found.counts, strict=True)
        ],
        ratings=list(found.ratings),
        reviews=list(found.reviews),
        panel=comparison.panel,
        crowd=comparison.crowd,
        head_to_head=comparison.head_to_head,
        matchups=[
            matchup_score(left=left, right=right, matchups=Matchups(found.position, contexts))
            for (left, right), contexts in found.matchups.items()
        ],
        verdict=comparison.verdict,
    )


def without_positions(document: SideBySide) -> SideBySide:
    """Return the document without its positions: it is the same until something else in it changes."""
    nowhere = Position(0)
    return replace(
        document,
        position=nowhere,
        scores=[replace(score, position=nowhere) for score in document.scores],
        ratings=[rating and replace(rating, position=nowhere) for rating in document.ratings],
        matchups=[replace(matchup, position=nowhere) for matchup in document.matchups],
    )


def _ratings(found: Sequence[Rated | None]) -> list[ToolRating | None]:
    notes = iter(notes_among([each.rating for each in found if each]))
    return [_rating(each, next(notes)) if each else None for each in found]


def _rating(rated: Rated, note: Note | None) -> ToolRating:
    rating = rated.rating
    low, high = rating.interval
    return ToolRating(
        position=rated.position,
        score=_rounded(rating.score),
        interval=(_rounded(low), _rounded(high)),
        votes=rating.wins + rating.losses + rating.ties,
        note=note,
    )


def _rounded(points: float | None) -> float | None:
    return None if points is None else round(points, DIGITS)
