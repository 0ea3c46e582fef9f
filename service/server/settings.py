"""Reads the service's settings from the environment, once."""

import os
import re
from typing import Final

import msgspec

from service.embedded.home import Home, weakness_of
from service.errors import UnusableError

PUBLIC_URL: Final = re.compile(r"https?://[^\s/?#@]+")


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The addresses of the servers, and the secret that signs tokens.

    Attributes:
        secret: At least 32 bytes long, as HS256 requires (RFC 7518, section 3.2).
        public_url: The site's address for readers, without a slash at its end; "" if it is not set.
        anonymous_votes: Whether people without an account may vote on the pages.
    """

    database_url: str
    redis_url: str
    secret: str
    public_url: str = ""
    anonymous_votes: bool = False

    def __repr__(self) -> str:
        return "Settings(…)"  # URLs may hold a password


def read_settings(home: Home) -> Settings:
    """Read DATABASE_URL and REDIS_URL, the secret, OSTRAKA_URL and OSTRAKA_ANONYMOUS_VOTES.

    Raises:
        UnusableError: One of the first three is missing, or a value cannot be used.
    """
    return Settings(
        database_url=read_url("DATABASE_URL"),
        redis_url=read_url("REDIS_URL"),
        secret=read_secret(home),
        public_url=read_public_url(),
        anonymous_votes=read_anonymous_votes(),
    )


def read_url(name: str) -> str:
    """Read a server's URL from an environment variable.

    Raises:
        UnusableError: The variable is not set.
    """
    if url := os.environ.get(name):
        return url
    message = (
        f"{name} is not set; set it to a server's URL, or run `ostraka up`, which starts its own servers"
    )
    raise UnusableError(message)


def read_secret(home: Home) -> str:
    """Read the secret from OSTRAKA_SECRET, else from the home, which creates one if it has none.

    Raises:
        UnusableError: The secret is too weak, or the home cannot be used.
    """
    secret = os.environ.get("OSTRAKA_SECRET")
    if not secret:
        return home.secret()
    if weakness := weakness_of(secret):
        message = f"OSTRAKA_SECRET {weakness}"
        raise UnusableError(message)
    return secret


def read_public_url() -> str:
    """Read the site's address from OSTRAKA_URL, for absolute links.

    Raises:
        UnusableError: The value is not a scheme and a host alone.
    """
    url = os.environ.get("OSTRAKA_URL", "").removesuffix("/")
    if url and not PUBLIC_URL.fullmatch(url):
        message = "OSTRAKA_URL is not like https://ostraka.example: it needs a scheme and a host, and no path"
        raise UnusableError(message)
    return url


def read_anonymous_votes() -> bool:
    """Read from OSTRAKA_ANONYMOUS_VOTES whether people without an account may vote: `allow` or `refuse`.

    Raises:
        UnusableError: The value is another word.
    """
    word = os.environ.get("OSTRAKA_ANONYMOUS_VOTES", "refuse")
    if word not in {"allow", "refuse"}:
        message = f"OSTRAKA_ANONYMOUS_VOTES is {word[:40]!r}; it must be allow or refuse"
        raise UnusableError(message)
    return word == "allow"
