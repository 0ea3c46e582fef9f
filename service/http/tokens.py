"""Bearer tokens: JWTs with `sub` and `role`, signed with the service's secret."""

from collections import OrderedDict
from enum import StrEnum
from time import time
from typing import Final

import jwt
from litestar.exceptions import NotAuthorizedException
from litestar.security.jwt import Token
from msgspec import Struct

from events.log.audit import Author
from service.http.problems import NotSignedInError, TokenExpiredError
from service.http.schemas import NAME_LENGTH_MAX

ALGORITHM: Final = "HS256"
TOKENS_CACHED_MAX: Final = 20_000


class Role(StrEnum):
    """The role of a token's holder."""

    VOTER = "voter"
    PANELIST = "panelist"
    SERVICE = "service"
    MODERATOR = "moderator"
    ADMIN = "admin"


class Principal(Struct, frozen=True):
    """A token's holder. For a voter `name` is the account, for a panelist the slug."""

    name: str
    role: Role

    @property
    def author(self) -> Author:
        """As the audit list tells of them."""
        return Author(self.name, self.role.value)


class Checked(Struct, frozen=True):
    """Whom a good token names, and until when: seconds since 1970."""

    expires_at: float
    principal: Principal


class Tokens:
    """Checks tokens; one that was checked is known again until it expires."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self._checked: OrderedDict[bytes, Checked] = OrderedDict()

    def principal(self, authorization: bytes) -> Principal:
        """Find out whom an Authorization header names; raises what `check` does."""
        return self.check(authorization).principal

    def check(self, authorization: bytes) -> Checked:
        """Check an Authorization header; b"" stands for no header.

        Raises:
            NotSignedInError: there is no token, or it is not one of ours.
            TokenExpiredError: its time is over.
        """
        known = self._checked.get(authorization)
        if known is not None and known.expires_at > time():
            return known
        scheme, _, encoded = authorization.decode("latin-1").partition(" ")
        if scheme.lower() != "bearer" or not encoded:
            message = "Send the header `Authorization: Bearer TOKEN`."
            raise NotSignedInError(message)
        token = self._decode(encoded)
        checked = self._checked[authorization] = Checked(token.exp.timestamp(), _principal(token))
        while len(self._checked) > TOKENS_CACHED_MAX:
            self._checked.popitem(last=False)
        return checked

    def _decode(self, encoded: str) -> Token:
        try:
            return Token.decode(encoded, secret=self._secret, algorithm=ALGORITHM)
        except NotAuthorizedException as error:
            if isinstance(error.__cause__, jwt.ExpiredSignatureError):
                message = "The token has expired; get a new one."
                raise TokenExpiredError(message) from error
            message = "The token is not one of this service's."
            raise NotSignedInError(message) from error


def _principal(token: Token) -> Principal:
    role = token.extras.get("role")
    if not isinstance(role, str) or role not in set(Role) or not _can_be_stored(token.sub):
        message = "The token names no known role, or nobody whose name can be stored."
        raise NotSignedInError(message)
    return Principal(token.sub, Role(role))


def _can_be_stored(name: str) -> bool:
    try:
        name.encode()  # JSON may hold half of a surrogate pair
    except UnicodeEncodeError:
        return False
    return len(name) <= NAME_LENGTH_MAX and "\x00" not in name
