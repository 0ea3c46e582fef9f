"""`ostraka show leaderboard`: ranks the tools of a category."""

from pathlib import Path

import click
from rich_click import RichCommand

from events.facts import OVERALL
from events.log.connection import Pool
from projections.catalogue.finding import read_categories
from projections.leaderboards.board import Leaderboard
from projections.ratings.past import PastRatings
from projections.ratings.storing import read_contexts
from service.cli import options
from service.cli.drawing.layout import print_drawing
from service.cli.drawing.leaderboard import DrawnLeaderboard as Drawn
from service.cli.drawing.leaderboard import draw_leaderboard
from service.cli.output import allow_closed_pipe
from service.cli.show import reading
from service.cli.show.reading import check_known, read_models, read_moment
from service.http.pagination import LIMIT_DEFAULT
from service.http.response import encode
from service.reads.leaderboards import BOARD_LIMIT_MAX, EVERY, ranked_tools, ranking_of, read_board
from service.reads.measures import DEFAULT, MEASURES, with_context
from service.views import moments
from service.views.boards import shown_board


def choice_of_measures() -> click.Choice[str]:
    """Offer every measure by its name."""
    return click.Choice([*MEASURES])


@click.command("leaderboard", cls=RichCommand)
@click.argument("category", default=EVERY, metavar="[CATEGORY=all]")
@click.option(
    "--by", type=choice_of_measures(), default=DEFAULT.name, show_default=True, help="Whose word ranks."
)
@click.option("--context", metavar="SLUG", help="With --by matchups: the use case.  [default: all of them]")
@reading.as_of
@reading.corrected
@click.option(
    "--limit",
    default=LIMIT_DEFAULT,
    show_default=True,
    type=click.IntRange(1, BOARD_LIMIT_MAX),
    metavar="N",
    help="The largest number of tools to show.",
)
@reading.as_json
@options.home
def command(
    *,
    category: str,
    by: str,
    context: str | None,
    as_of: str | None,
    corrected: bool,
    limit: int,
    as_json: bool,
    home_folder: Path | None,
) -> None:
    """Rank the tools of a category, or of all categories.

    A tool whose interval overlaps others' has all the ranks that are possible for it, such as 2-4. A tool
    with too few votes comes last, without a rank.
    """
    measure = MEASURES[by]
    if context is not None and not measure.takes_context:
        message = f"it goes with --by {with_context()}: {measure.unit}s have no context"
        raise click.BadParameter(message, param_hint="'--context'")
    moment = read_moment(as_of, corrected=corrected)
    ranking = ranking_of(category, measure, context)

    async def read(pool: Pool) -> Leaderboard:
        check_known("category", category, {EVERY, *(each.slug for each in await read_categories(pool))})
        if context is not None:
            check_known("context", context, {OVERALL, *await read_contexts(pool)})
        return await read_board(pool, ranking, past=PastRatings(), moment=moment and moment.moment)

    board = read_models(home_folder, moment, read)
    drawn = Drawn(
        category=category,
        measure=measure,
        context=ranking.context,
        moment=moments.shown(moment.moment) if moment else None,
        board=shown_board(board, measure, slice(limit)),
    )
    with allow_closed_pipe():
        if as_json:
            click.echo(encode(ranked_tools(board, ranking, limit=limit)))
        else:
            print_drawing(draw_leaderboard(drawn))
