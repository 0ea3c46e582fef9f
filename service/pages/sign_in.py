"""Signing in and out: `/sign-in`, `/sign-out`."""

import re
from time import time
from typing import Any, Final

import litestar
from litestar import get, post
from litestar.status_codes import HTTP_422_UNPROCESSABLE_ENTITY
from msgspec import Struct

from service.http import parameters
from service.http.problems import NotSignedInError, TokenExpiredError
from service.http.request import Request, direct
from service.http.response import Response
from service.pages.rendering.publishing import Frame, PageDraft, Pages
from service.pages.session.cookies import SESSION, forget_cookie, set_cookie
from service.pages.session.forms import checked_form
from service.pages.session.redirects import SIGN_IN, local_path, see_other, sign_in_address
from service.pages.session.sessions import Sessions
from service.pages.session.user import SignInNeededError, signed_in

FORM_BYTES_MAX: Final = 16 * 1024
TOKEN_LENGTH_MAX: Final = 3_500
"""Browsers keep cookies of up to 4,096 bytes."""

SEE_OTHER: Final = 303

_token: Final = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
"""A JWT in its compact form; decoders forgive other letters, cookies do not."""


class SignInView(Struct, frozen=True):
    """The form: the page that follows, and why a token was refused."""

    next: str
    refused: str | None


@get(SIGN_IN, include_in_schema=False)
@direct()
async def get_sign_in_page(request: Request, *, pages: Pages, sessions: Sessions) -> Response:
    """Ask for a token; `next` is the page that follows."""
    path = local_path(parameters.known_query(request, "next").get("next", ""))
    return see_other(path) if signed_in(request, sessions) else await pages.show_once(request, _page(path))


@post(SIGN_IN, include_in_schema=False)
@direct(body_bytes_max=FORM_BYTES_MAX)
async def post_sign_in(request: Request, *, pages: Pages, sessions: Sessions) -> Response:
    """Keep a token in a cookie until it expires."""
    form = await checked_form(request, sessions)
    path = local_path(form.get("next", [""])[0])
    token = form.get("token", [""])[0].strip()
    if len(token) > TOKEN_LENGTH_MAX or not _token.fullmatch(token):
        return await _refuse(
            request, pages, path, "That is no token: it is three words of letters, with dots in between."
        )
    try:
        checked = sessions.tokens.check(b"Bearer " + token.encode())
    except (TokenExpiredError, NotSignedInError) as error:
        return await _refuse(request, pages, path, error.detail)
    lifetime_s = max(1, int(checked.expires_at - time()))
    return see_other(path, set_cookie(request, sessions.signer, SESSION, token, lifetime_s=lifetime_s))


@post("/sign-out", include_in_schema=False)
@direct(body_bytes_max=FORM_BYTES_MAX)
async def post_sign_out(request: Request, *, sessions: Sessions) -> Response:
    """Delete the browser's cookie. The token itself stays valid until it expires."""
    form = await checked_form(request, sessions)
    return see_other(local_path(form.get("next", [""])[0]), forget_cookie(request, sessions.signer, SESSION))


def answer_sign_in_needed(
    _request: litestar.Request[Any, Any, Any], error: SignInNeededError
) -> litestar.Response[None]:
    """Redirect to the sign-in page."""
    headers = {"Location": sign_in_address(local_path(error.path)), "Cache-Control": "no-store"}
    return litestar.Response(None, status_code=SEE_OTHER, headers=headers)


async def _refuse(request: Request, pages: Pages, path: str, why: str) -> Response:
    return await pages.show_once(request, _page(path, why), status=HTTP_422_UNPROCESSABLE_ENTITY)


def _page(path: str, refused: str | None = None) -> PageDraft:
    frame = Frame(title="Sign in", description="Sign in with a token.", path=None)
    return PageDraft("sign_in.html", frame, SignInView(path, refused))
