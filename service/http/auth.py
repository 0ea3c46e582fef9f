"""Checks who may call a route, and says who did."""

from typing import Final

from msgspec import Struct

from service.http.problems import WrongRoleError
from service.http.request import Request
from service.http.tokens import Principal, Role, Tokens


class Callers(Struct, frozen=True):
    """The roles that may call a route, and the sentence that tells clients so."""

    roles: tuple[Role, ...]
    told: str


VOTERS: Final = Callers((Role.VOTER,), "For voters.")
AUTHORS: Final = Callers((Role.PANELIST, Role.ADMIN), "For that panelist, and for admins.")
SERVICES: Final = Callers((Role.SERVICE,), "For services, which vouch for their voters.")
MODERATORS: Final = Callers((Role.MODERATOR, Role.ADMIN), "For moderators.")
ADMINS: Final = Callers((Role.ADMIN,), "For admins.")


def require(request: Request, tokens: Tokens, callers: Callers) -> Principal:
    """Return the caller if their role is one of these.

    Raises:
        NotSignedInError: the request has no usable token.
        WrongRoleError: the token's role is another.
    """
    principal = tokens.principal(request.header(b"authorization") or b"")
    if principal.role not in callers.roles:
        message = f"This takes the role {' or '.join(callers.roles)}; the token's role is {principal.role}."
        raise WrongRoleError(message)
    return principal
