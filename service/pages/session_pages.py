"""Signing in and out: `/sign-in`, `/sign-out`."""

import re
from time import time
from typing import Any, Final

from litestar import Request, Response, get, post
from msgspec import Struct

from service.answers import Answer
from service.asking import Asking, direct
from service.pages import reading
from service.pages.publishing import Frame, Page, show_once
from service.pages.session import SignInNeededError, signed_in
from service.pages.session_cookies import SESSION, forget_cookie, set_cookie
from service.pages.session_forms import checked_form
from service.pages.session_next import SIGN_IN, local_path, see_other, sign_in_address
from service.problems import NotSignedInError, TokenExpiredError

FORM_BYTES_MAX: Final = 16 * 1024
TOKEN_LENGTH_MAX: Final = 3_500
"""Browsers keep cookies of up to 4,096 bytes."""

UNPROCESSABLE: Final = 422
SEE_OTHER: Final = 303

_token: Final = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
"""A JWT in its compact form; decoders forgive other letters, cookies do not."""


class SignInView(Struct, frozen=True):
    """The form: where it leads, and why a token was not taken."""

    next: str
    refused: str | None


@get(SIGN_IN, include_in_schema=False)
@direct()
async def get_sign_in_page(request: Asking) -> Answer:
    """Ask for a token; `next` is where to go then."""
    path = local_path(reading.asked(request, "next").get("next", ""))
    return see_other(path) if signed_in(request) else await show_once(request, _page(path))


@post(SIGN_IN, include_in_schema=False)
@direct(body_bytes_max=FORM_BYTES_MAX)
async def post_sign_in(request: Asking) -> Answer:
    """Keep a token in a cookie for as long as it is good."""
    form = await checked_form(request)
    path = local_path(form.get("next", [""])[0])
    token = form.get("token", [""])[0].strip()
    if len(token) > TOKEN_LENGTH_MAX or not _token.fullmatch(token):
        return await _refuse(
            request, path, "That is no token: it is three words of letters, with dots in between."
        )
    try:
        checked = request.resources.tokens.check(b"Bearer " + token.encode())
    except TokenExpiredError:
        return await _refuse(request, path, "The token has expired. Ask for a new one.")
    except NotSignedInError:
        return await _refuse(request, path, "This site has made no such token.")
    lifetime_s = max(1, int(checked.expires_at - time()))
    return see_other(path, set_cookie(request, SESSION, token, lifetime_s=lifetime_s))


@post("/sign-out", include_in_schema=False)
@direct(body_bytes_max=FORM_BYTES_MAX)
async def post_sign_out(request: Asking) -> Answer:
    """Let the browser forget the token. The token itself stays good until it expires."""
    form = await checked_form(request)
    return see_other(local_path(form.get("next", [""])[0]), forget_cookie(request, SESSION))


def answer_sign_in_needed(_request: Request[Any, Any, Any], error: SignInNeededError) -> Response[None]:
    """Send somebody who has to sign in first to the page for it."""
    headers = {"Location": sign_in_address(local_path(error.path)), "Cache-Control": "no-store"}
    return Response(None, status_code=SEE_OTHER, headers=headers)


async def _refuse(request: Asking, path: str, why: str) -> Answer:
    return await show_once(request, _page(path, why), status=UNPROCESSABLE)


def _page(path: str, refused: str | None = None) -> Page:
    frame = Frame(title="Sign in", description="Sign in with a token.", path=None)
    return Page("sign_in.html", frame, SignInView(path, refused))
