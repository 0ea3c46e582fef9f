"""Who is asking: bearer tokens (JWT) with `sub` and `role`."""

from enum import StrEnum
from time import time
from typing import Any, Final

import jwt
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.exceptions import NotAuthorizedException
from litestar.middleware.authentication import AuthenticationResult
from litestar.security.jwt import JWTAuth, JWTAuthenticationMiddleware, Token
from msgspec import Struct

from service.bodies import NAME_LENGTH_MAX
from service.problems import NotSignedInError, TokenExpiredError, WrongRoleError

ALGORITHM: Final = "HS256"
TOKENS_CACHED_MAX: Final = 10_000


class Role(StrEnum):
    """What a token's holder is to the service."""

    VOTER = "voter"
    PANELIST = "panelist"
    SERVICE = "service"
    MODERATOR = "moderator"
    ADMIN = "admin"


class Principal(Struct, frozen=True):
    """A token's holder. For a voter `name` is the account, for a panelist the slug."""

    name: str
    role: Role


Asking = Request[Principal, Token, State]
"""A request by somebody known; on public routes by anybody, and then `user` is not to be read."""


class TokenMiddleware(JWTAuthenticationMiddleware):
    """Checks bearer tokens; one that was checked is known again until it expires."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed through
        super().__init__(*args, **kwargs)
        self._checked: dict[str, tuple[float, AuthenticationResult]] = {}

    async def authenticate_request(
        self, connection: ASGIConnection[Any, Any, Any, Any]
    ) -> AuthenticationResult:
        """Find out who is asking.

        Raises:
            NotSignedInError: no token, or it is not one of ours.
            TokenExpiredError: its time is over.
        """
        header = _authorization(connection)
        scheme, _, encoded = header.partition(" ")
        if scheme.lower() != "bearer" or not encoded:
            message = "Send the header `Authorization: Bearer TOKEN`."
            raise NotSignedInError(message)
        known = self._checked.get(encoded)
        if known and known[0] > time():
            return known[1]
        try:
            result = await self.authenticate_token(encoded, connection)
        except NotAuthorizedException as error:
            raise _explain(error) from error
        if len(self._checked) >= TOKENS_CACHED_MAX:
            self._checked.clear()
        self._checked[encoded] = (result.auth.exp.timestamp(), result)
        return result


def create_auth(secret: str) -> JWTAuth[Principal, Token]:
    """Build the token check; routes opt out of it with `PUBLIC`."""
    return JWTAuth[Principal, Token](
        token_secret=secret,
        algorithm=ALGORITHM,
        retrieve_user_handler=_principal,
        authentication_middleware_class=TokenMiddleware,
        exclude=["^/schema", "^/metrics", "^/health"],
    )


PUBLIC: Final = {"exclude_from_auth": True}
"""`opt` of a route that anybody may call."""


def require(request: Asking, *roles: Role) -> Principal:
    """Return who is asking if their role is one of these.

    Raises:
        WrongRoleError: it isn't.
    """
    principal = request.user
    if principal.role not in roles:
        message = f"This takes the role {' or '.join(roles)}; the token's role is {principal.role}."
        raise WrongRoleError(message)
    return principal


async def _principal(token: Token, _connection: ASGIConnection[Any, Any, Any, Any]) -> Principal | None:
    role = token.extras.get("role")
    if not isinstance(role, str) or role not in set(Role) or not _can_be_stored(token.sub):
        return None
    return Principal(token.sub, Role(role))


def _can_be_stored(name: str) -> bool:
    try:
        name.encode()  # JSON may hold half of a surrogate pair
    except UnicodeEncodeError:
        return False
    return len(name) <= NAME_LENGTH_MAX and "\x00" not in name


def _authorization(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    for name, value in connection.scope["headers"]:
        if name == b"authorization":
            return value.decode("latin-1")
    return ""


def _explain(error: NotAuthorizedException) -> NotSignedInError:
    if isinstance(error.__cause__, jwt.ExpiredSignatureError):
        return TokenExpiredError("The token has expired; get a new one.")
    return NotSignedInError("The token is not one of this service's, or names no known role.")
