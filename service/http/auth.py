"""Checks the caller's role. A route that checks none is for everybody."""

from typing import Final

from service.http.problems import WrongRoleError
from service.http.request import Request
from service.http.tokens import Principal, Role, Tokens

MODERATORS: Final = (Role.MODERATOR, Role.ADMIN)


def require(request: Request, tokens: Tokens, *roles: Role) -> Principal:
    """Return who is asking if their role is one of these.

    Raises:
        NotSignedInError: no usable token came along.
        WrongRoleError: the token's role is another.
    """
    principal = tokens.principal(request.header(b"authorization") or b"")
    if principal.role not in roles:
        message = f"This takes the role {' or '.join(roles)}; the token's role is {principal.role}."
        raise WrongRoleError(message)
    return principal
