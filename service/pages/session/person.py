"""The reader of a page: somebody signed in, a browser that voted without an account, or nobody known."""

from typing import Literal

from msgspec import Struct

from service.http.auth import MODERATORS
from service.http.request import Request
from service.http.tokens import Role
from service.pages.session.forms import csrf_token
from service.pages.session.sessions import Sessions
from service.pages.session.user import signed_in
from service.pages.session.visitor import visitor_account

Voting = Literal["account", "anonymous", "sign in", "other role"]


class Person(Struct, frozen=True, kw_only=True):
    """The reader of a page, as its template sees them.

    Attributes:
        name: The account that is signed in; "" for none.
        account: The account that casts votes; "" if they cannot vote, or the first vote will make one.
        voting: Whether votes need an account: "account", "anonymous", "sign in" or "other role".
        csrf: For the hidden field of every form that is posted.
    """

    name: str = ""
    role: Role | None = None
    account: str = ""
    voting: Voting
    csrf: str

    @property
    def is_known(self) -> bool:
        """Whether a page may look different for this person than for everybody."""
        return bool(self.name or self.account)

    @property
    def moderates(self) -> bool:
        """Whether the console is for this person."""
        return self.role in MODERATORS.roles


def person_of(request: Request, sessions: Sessions) -> Person:
    """Identify the reader of a page."""
    csrf = csrf_token(request, sessions)
    principal = signed_in(request, sessions)
    if principal is not None:
        votes = principal.role is Role.VOTER
        return Person(
            name=principal.name,
            role=principal.role,
            account=principal.name if votes else "",
            voting="account" if votes else "other role",
            csrf=csrf,
        )
    if not sessions.signer.anonymous_votes:
        return Person(voting="sign in", csrf=csrf)
    return Person(account=visitor_account(request, sessions.signer), voting="anonymous", csrf=csrf)
