"""Reads who is signed in to the pages.

A session is the token itself in a cookie, checked on each request by the code that checks bearer tokens.
"""

from service.http.problems import NotSignedInError, WrongRoleError
from service.http.request import Request
from service.http.tokens import Principal, Role
from service.pages.session.cookies import SESSION, cookie
from service.pages.session.sessions import Sessions


class SignInNeededError(Exception):
    """A page needs a person who is signed in; `path` is the page."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def signed_in(request: Request, sessions: Sessions) -> Principal | None:
    """Return the user who is signed in; None without a session, or with a forged or expired one."""
    token = cookie(request, SESSION)
    if not token:
        return None
    try:
        return sessions.tokens.principal(b"Bearer " + token.encode("latin-1"))
    except NotSignedInError:
        return None


def require_page_role(request: Request, sessions: Sessions, *roles: Role) -> Principal:
    """Return the user who is signed in if their role is one of these.

    Raises:
        SignInNeededError: nobody is signed in; the answer is a redirect to the sign-in page and back.
        WrongRoleError: the role is another; the answer is a page that says so.
    """
    principal = signed_in(request, sessions)
    if principal is None:
        raise SignInNeededError(_path(request))
    if principal.role not in roles:
        message = f"This page takes the role {' or '.join(roles)}; you are signed in as {principal.role}."
        raise WrongRoleError(message)
    return principal


def _path(request: Request) -> str:
    if request.scope["method"] != "GET":
        return "/"  # what was posted is gone
    raw = request.scope["raw_path"].decode("latin-1")
    query = request.scope["query_string"].decode("latin-1")
    return f"{raw}?{query}" if query else raw
