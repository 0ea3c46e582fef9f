"""`ostraka token`: prints a bearer token, signed with the local secret."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import click
import jwt
from rich_click import RichCommand

from service.cli import options
from service.embedded.home import find_home
from service.server.settings import read_secret

ROLES: Final = ("voter", "panelist", "service", "moderator", "admin")
SIGNING_ALGORITHM: Final = "HS256"


@click.command("token", cls=RichCommand)
@click.option("--role", required=True, type=click.Choice(ROLES), help="What its holder may do.")
@click.option("--subject", required=True, metavar="NAME", help="Whose token it is.")
@click.option(
    "--days", default=30, show_default=True, type=click.IntRange(1, 3650), help="Days until it expires."
)
@options.home
def command(*, role: str, subject: str, days: int, home_folder: Path | None) -> None:
    """Print a bearer token.

    It is signed with OSTRAKA_SECRET if that is set, else with the home folder's secret. `ostraka up` does the
    same.
    """
    if not subject.strip():
        message = "the subject is empty"
        raise click.BadParameter(message, param_hint="'--subject'")
    secret = read_secret(find_home(home_folder))
    click.echo(make_token(role=role, subject=subject, secret=secret, now=datetime.now(UTC), days=days))


def make_token(*, role: str, subject: str, secret: str, now: datetime, days: int) -> str:
    """Sign the claims `sub`, `role`, `iat` and `exp`.

    Litestar's own Token would put the role into a nested claim, where other programs do not find it.
    """
    claims = {"sub": subject, "role": role, "iat": now, "exp": now + timedelta(days=days)}
    return jwt.encode(claims, secret, algorithm=SIGNING_ALGORITHM)
