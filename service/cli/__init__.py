"""The `ostraka` command. Each module here defines one command, as `command`; COMMANDS names them all.

errors      every failure as one line and an exit status
options     options that several commands share
logs        the service's own log lines
progress    how far long work has come
pipes       output that may be read in part

What `show` reads (`show_reading`) is drawn by `draw_comparison`, `draw_matchups` and `draw_leaderboard`, with
the charts of `drawing`, and the words and tables of `layout`.
"""

from importlib import import_module
from importlib.metadata import version
from typing import Final

import click
from rich_click import RichGroup

from service.cli.errors import run_as_command

COMMANDS: Final = {
    "up": "service.cli.up",
    "serve": "service.cli.serve",
    "worker": "service.cli.worker",
    "migrate": "service.cli.migrate",
    "demo": "service.cli.demo",
    "show": "service.cli.show",
    "import": "service.cli.imports",
    "export": "service.cli.export",
    "replay": "service.cli.replay",
    "verify": "service.cli.verify",
    "token": "service.cli.token",
}


class LazyGroup(RichGroup):
    """Imports a command's module when it is asked for: `ostraka token` needs no web framework."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order in which they are explained."""
        _ = ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command; None if there is none of that name."""
        _ = ctx
        module = COMMANDS.get(cmd_name)
        return None if module is None else import_module(module).command


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(version("ostraka"), prog_name="ostraka", message="%(prog)s %(version)s")
@click.pass_context
def group(context: click.Context) -> None:
    """Votes and reviews as events, and every score a fold of them.

    `ostraka up` runs everything on this machine; the other commands find it by its home folder.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main() -> int:
    """Run the command line and return the exit status."""
    return run_as_command(group)
