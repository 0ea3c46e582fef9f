"""What the service is told from outside, read from the environment once."""

import os
import re
from typing import Final

import msgspec

from service.embedded.home import SECRET_BYTES, Home
from service.errors import UnusableError

PUBLIC_URL: Final = re.compile(r"https?://[^\s/?#@]+")


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Where the servers are, and the secret that signs tokens.

    Attributes:
        secret: At least 32 characters, as HS256 asks for (RFC 7518, section 3.2).
        public_url: Where readers find the site, without a slash at its end; "" where nobody has said.
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
        UnusableError: One of the first three is missing, or one cannot be used.
    """
    return Settings(
        database_url=read_url("DATABASE_URL"),
        redis_url=read_url("REDIS_URL"),
        secret=read_secret(home),
        public_url=read_public_url(),
        anonymous_votes=read_anonymous_votes(),
    )


def read_url(name: str) -> str:
    """Read a server's URL from the environment variable of that name.

    Raises:
        UnusableError: It is not set.
    """
    if url := os.environ.get(name):
        return url
    message = f"{name} is not set; name a server with it, or run `ostraka up`, which brings its own"
    raise UnusableError(message)


def read_secret(home: Home) -> str:
    """Read the secret from OSTRAKA_SECRET, else from the home, making it there if there is none.

    Raises:
        UnusableError: It is too short, or the home cannot be used.
    """
    secret = os.environ.get("OSTRAKA_SECRET")
    if not secret:
        return home.secret()
    if len(secret.encode()) < SECRET_BYTES:
        message = f"OSTRAKA_SECRET is shorter than {SECRET_BYTES} bytes"
        raise UnusableError(message)
    return secret


def read_public_url() -> str:
    """Read from OSTRAKA_URL where readers find the site, for links that have to be whole.

    Raises:
        UnusableError: It is no scheme and host alone.
    """
    url = os.environ.get("OSTRAKA_URL", "").removesuffix("/")
    if url and not PUBLIC_URL.fullmatch(url):
        message = "OSTRAKA_URL is not like https://ostraka.example: a scheme and a host, and no path"
        raise UnusableError(message)
    return url


def read_anonymous_votes() -> bool:
    """Read from OSTRAKA_ANONYMOUS_VOTES whether people without an account may vote: `allow`, or `refuse`.

    Raises:
        UnusableError: It is another word.
    """
    word = os.environ.get("OSTRAKA_ANONYMOUS_VOTES", "refuse")
    if word not in {"allow", "refuse"}:
        message = f"OSTRAKA_ANONYMOUS_VOTES is {word[:40]!r}, neither allow nor refuse"
        raise UnusableError(message)
    return word == "allow"
