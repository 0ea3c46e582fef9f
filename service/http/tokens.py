"""Bearer tokens: JWTs with `sub` and `role`, signed with the service's secret."""

from collections import OrderedDict
from enum import StrEnum
from time import time
from typing import Annotated, Final

import jwt
import msgspec
from msgspec import Meta, Struct

from events.log.audit import Author
from service.http.problems import NotSignedInError, TokenExpiredError
from service.http.schemas import NAME_LENGTH_MAX

ALGORITHM: Final = "HS256"
LEEWAY_S: Final = 30.0
"""How far the clock of whoever signs tokens may be ahead of ours, or behind it."""

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


Seconds = Annotated[float, Meta(ge=0, le=253_402_300_799)]
"""Seconds since 1970, up to the end of the year 9999."""


class Claims(Struct, frozen=True):
    """What a token says (RFC 7519). Other claims mean nothing here."""

    sub: Annotated[str, Meta(min_length=1, max_length=NAME_LENGTH_MAX, pattern=r"\A[^\x00]*\Z")]
    role: Role
    exp: Seconds
    nbf: Seconds = 0
    iat: Seconds = 0
    jti: str = ""


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
        if known is not None and known.expires_at + LEEWAY_S > time():
            return known
        scheme, _, encoded = authorization.decode("latin-1").partition(" ")
        if scheme.lower() != "bearer" or not encoded:
            message = "Send the header `Authorization: Bearer TOKEN`."
            raise NotSignedInError(message)
        claims = self._read(encoded)
        principal = Principal(claims.sub, claims.role)
        checked = self._checked[authorization] = Checked(claims.exp, principal)
        while len(self._checked) > TOKENS_CACHED_MAX:
            self._checked.popitem(last=False)
        return checked

    def _read(self, encoded: str) -> Claims:
        try:
            payload = _jws.decode(encoded, self._secret, algorithms=[ALGORITHM])
            claims = msgspec.json.decode(payload, type=Claims)
        except jwt.InvalidSignatureError as error:
            message = (
                "The token is not signed with this service's secret. "
                "A secret that was read from a file must not keep the newline at its end."
            )
            raise NotSignedInError(message) from error
        except jwt.InvalidAlgorithmError as error:
            message = f"The token is not signed with {ALGORITHM}."
            raise NotSignedInError(message) from error
        except jwt.InvalidTokenError as error:
            message = "The token is not a JSON Web Token."
            raise NotSignedInError(message) from error
        except msgspec.DecodeError as error:
            message = f"The token's claims cannot be read: {error}."
            raise NotSignedInError(message) from error
        now = time()
        if claims.exp + LEEWAY_S <= now:
            message = "The token has expired; get a new one."
            raise TokenExpiredError(message)
        if max(claims.iat, claims.nbf) > now + LEEWAY_S:
            message = "The token is not valid yet: its `iat` or `nbf` lies ahead of this service's clock."
            raise NotSignedInError(message)
        return claims


_jws: Final = jwt.PyJWS()
