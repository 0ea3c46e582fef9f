"""`ostraka up`."""

from pathlib import Path

import click
from rich_click import RichCommand

from service.cli import options
from service.cli.logs import configure_logs
from service.embedded.home import find_home
from service.server.up import up


@click.command("up", cls=RichCommand)
@options.home
@options.host
@options.port
@options.processes
def command(*, home_folder: Path | None, host: str, port: int, processes: int) -> None:
    """Run everything: PostgreSQL and Valkey, the API and the worker.

    Prints `ready at http://HOST:PORT` once it is. Ctrl-C stops all of it in good order; the data stays in the
    home folder. With DATABASE_URL or REDIS_URL set, that server is used instead of an embedded one.
    """
    configure_logs()
    up(find_home(home_folder), host=host, port=port, processes=processes)
