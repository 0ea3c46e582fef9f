"""`ostraka show compare`: shows tools side by side."""

from pathlib import Path
from typing import Final

import click
from rich_click import RichCommand

from events.facts import OVERALL
from events.log.commands import Refusal
from events.log.connection import Pool
from projections.catalogue.finding import search_tools
from projections.comparison.numbers import join
from projections.ratings.past import PastRatings
from projections.ratings.storing import read_contexts
from service.cli import options
from service.cli.drawing.comparison import draw_comparison
from service.cli.drawing.layout import print_drawing
from service.cli.output import allow_closed_pipe
from service.cli.show import reading
from service.cli.show.reading import check_known, read_models, read_moment
from service.commands.refusals import UnknownToolError
from service.errors import UnusableError
from service.http.parameters import check_slug
from service.http.response import encode
from service.reads.comparisons import Compared, check_tools, read_comparison, side_by_side
from service.views import moments

NEAR_MAX: Final = 3


@click.command("compare", cls=RichCommand)
@click.argument("tools", nargs=-1, required=True, metavar="A B [C D E]")
@click.option(
    "--context", default=OVERALL, metavar="SLUG", help="Head to head: the use case.  [default: all of them]"
)
@reading.as_of
@reading.corrected
@reading.as_json
@options.home
def command(
    *,
    tools: tuple[str, ...],
    context: str,
    as_of: str | None,
    corrected: bool,
    as_json: bool,
    home_folder: Path | None,
) -> None:
    """Compare two to five tools: which should you ship with?

    Name the tools by their slugs. The comparison has facts and prices, the shares of panel and crowd, the
    reviews lens by lens, the head-to-head votes, and the verdict with its reasons and the number of votes
    that would change it.
    """
    _check(tools)
    moment = read_moment(as_of, corrected=corrected)

    async def read(pool: Pool) -> Compared:
        try:
            found = await read_comparison(
                pool, tools, context=context, past=PastRatings(), moment=moment and moment.moment
            )
        except UnknownToolError as error:
            raise UnusableError(error.detail + await _near(pool, error.slug)) from error
        # Ratings may not know the first preference in a context yet.
        met = {name for contexts in found.matchups.values() for name in contexts}
        check_known("context", context, {OVERALL, *met, *await read_contexts(pool)})
        return found

    found = read_models(home_folder, moment, read)
    with allow_closed_pipe():
        if as_json:
            click.echo(encode(side_by_side(found)))
        else:
            shown = moments.shown(moment.moment) if moment else None
            print_drawing(draw_comparison(found, moment=shown))


def _check(tools: tuple[str, ...]) -> None:
    try:
        for slug in tools:
            check_slug(slug)
        check_tools(tools)
    except Refusal as refusal:
        raise click.UsageError(refusal.detail, click.get_current_context()) from refusal


async def _near(pool: Pool, slug: str) -> str:
    """Suggest listed tools whose entry has all words of a slug, or else its first word; "" without any."""
    every, (first, *_) = slug.replace("-", " "), slug.split("-")
    for text in (every, first):
        found = await search_tools(pool, text, limit=NEAR_MAX)
        if near := [tool.slug for tool in found if tool.slug != slug]:
            return f" Did you mean {join(near, word='or')}?"
    return ""
