"""Who is asking, and whether they may. A route that does not ask is for everybody."""

from service.problems import WrongRoleError
from service.resources import Asking, resources_of
from service.tokens import Principal, Role


def require(request: Asking, *roles: Role) -> Principal:
    """Return who is asking if their role is one of these.

    Raises:
        NotSignedInError: no usable token came along.
        WrongRoleError: the token's role is another.
    """
    principal = resources_of(request).tokens.principal(_authorization(request))
    if principal.role not in roles:
        message = f"This takes the role {' or '.join(roles)}; the token's role is {principal.role}."
        raise WrongRoleError(message)
    return principal


def _authorization(request: Asking) -> bytes:
    for name, value in request.scope["headers"]:
        if name == b"authorization":
            return value
    return b""
