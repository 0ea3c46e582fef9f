"""Tells people apart: by the signer of cookies and forms, and by the tokens that they sign in with."""

from msgspec import Struct

from service.http.tokens import Tokens
from service.pages.session.signer import Signer


class Sessions(Struct, frozen=True):
    """One for each process."""

    signer: Signer
    tokens: Tokens
