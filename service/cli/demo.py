"""`ostraka demo`: fills the catalogue with a small demo."""

import asyncio
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click
from rich_click import RichCommand

from events.log.commands import Answer, Appended, Command, Refusal
from service.cli import options
from service.cli.event_log import catch_up_with_progress, open_writer
from service.cli.output import configure_logs
from service.demo import content
from service.embedded.home import Home, find_home
from service.embedded.servers import ServerUrls, servers
from service.errors import ServersError
from service.server.migrate import migrate_database

DEFAULT_URL: Final = "http://127.0.0.1:8000"

DemoPart = tuple[str, int, int]
"""A kind of content, how much of it the demo has, and how much of that this run added or changed."""


@click.command("demo", cls=RichCommand)
@options.home
def command(*, home_folder: Path | None) -> None:
    """Fill the catalogue with a small demo.

    It has eight language models, a panel of four with reviews of two models, and simulated votes and
    preferences, each marked as simulated. Running it again changes nothing.
    """
    configure_logs()
    home = find_home(home_folder)
    with servers(home) as urls:
        written = asyncio.run(_fill(urls))
        state = home.read_state()
        url = state and state.api_url
    changed = sum(new for _, _, new in written)
    for what, count, new in written:
        click.echo(f"{count:>6,} {what}" + (f", {new:,} of them new" if 0 < new < count else ""))
    if not changed:
        click.echo("nothing changed: everything was there already")
    click.echo("Votes and preferences are SIMULATED: no person gave them, and the log marks each one. The")
    click.echo("people on the panel are invented, and the prices are examples.")
    click.echo(_next_steps(home, url))


async def _fill(urls: ServerUrls) -> list[DemoPart]:
    await migrate_database(urls.database_url)
    demo = content.read_demo()
    batches: list[tuple[str, Sequence[Command]]] = [
        ("tools", content.list_tools(demo)),
        ("panelists", content.seat_panelists(demo)),
        ("reviews", content.write_reviews(demo)),
        ("simulated votes", content.simulate_votes(demo)),
        ("simulated preferences", content.simulate_preferences(demo)),
    ]
    async with open_writer(urls) as writer:
        try:
            answers = [await writer.submit(commands) for _, commands in batches]
        except Refusal as refusal:
            raise ServersError(refusal.detail) from refusal
    await catch_up_with_progress(urls.database_url)
    return [
        (what, len(commands), sum(map(_is_new, found)))
        for (what, commands), found in zip(batches, answers, strict=True)
    ]


def _is_new(answer: Answer) -> bool:
    if isinstance(answer, Appended):
        return answer.changed
    if isinstance(answer, Refusal):
        raise ServersError(answer.detail) from answer
    raise answer


def _next_steps(home: Home, url: str | None) -> str:
    base = url or DEFAULT_URL
    option = "" if find_home() == home else f" --home {shlex.quote(str(home.folder))}"
    begin = [] if url else [f"  ostraka up{option}"]
    steps = [
        *begin,
        f"  ostraka show compare llama-4-compact-12b gpt-5-mini-api{option}",
        f"  curl {base}/v1/tools/llama-4-compact-12b/score",
        f"  curl {base}/v1/tools/gpt-5-mini-api/reviews",
        f"  curl {base}/v1/matchups/llama-4-compact-12b/gpt-5-mini-api",
        f"  curl {base}/v1/compare/llama-4-compact-12b/gpt-5-mini-api",
        f"  TOKEN=$(ostraka token --role voter --subject me{option})",
        f'  curl -X PUT {base}/v1/tools/llama-4-compact-12b/vote -H "Authorization: Bearer $TOKEN" \\',
        "       -H 'Content-Type: application/json' -d '{\"choice\": \"ship\"}'",
    ]
    return "\n".join(["Try next:", *steps])
