"""The `ostraka` command. COMMANDS names the module of each subcommand, which defines it as `command`.

- `up`           `ostraka up`: the whole service on one machine
- `serve`        `ostraka serve`: the API alone
- `worker`       `ostraka worker`: becomes the worker's process
- `migrate`      `ostraka migrate`: brings a database to this version
- `demo`         `ostraka demo`: fills the catalogue with a small demo
- `show`         `ostraka show`: comparisons and leaderboards in the terminal
- `imports`      `ostraka import`: votes and preferences from files
- `export`       `ostraka export`: events as NDJSON
- `replay`       `ostraka replay`: rebuilds read models
- `verify`       `ostraka verify`: rebuilds read models and compares
- `token`        `ostraka token`: a bearer token

- `children`     starts the API processes and the worker under a supervisor
- `differences`  describes what a replay changes
- `drawing`      comparisons and leaderboards in characters
- `errors`       every failure as one line and an exit status
- `event_log`    writes to the log, and waits for the read models
- `options`      options that several commands share
- `output`       where a command writes results and log lines
- `progress`     shows how far long work has come
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
    """Imports a command's module only when it is called: `ostraka token` does not load the web framework."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of the help."""
        _ = ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command; None if no command has this name."""
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
    """Record votes and reviews as events, and compute every score from them.

    `ostraka up` runs everything on this machine; the other commands find it by its home folder.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main() -> int:
    """Run the command line and return the exit status."""
    return run_as_command(group)
