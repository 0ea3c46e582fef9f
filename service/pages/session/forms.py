"""Reads posted forms, with limits, and only if they come from pages of this site.

Two checks: the browser names the site that a form came from (Origin, Sec-Fetch-Site), and each form has a
token that only the service can make, bound to the session of its reader. A reader who is not signed in
gets a token that is the same for all and proves little: then the browser has to name the site.
"""

import hmac
from typing import Final
from urllib.parse import parse_qs

from events.log.commands import Refusal
from service.http.problems import BadBodyError
from service.http.request import Request
from service.pages.session.cookies import SESSION, cookie
from service.pages.session.sessions import Sessions
from service.pages.session.signer import masked, to_text, unmasked
from service.pages.session.user import signed_in

FIELD: Final = "csrf"
FORM: Final = b"application/x-www-form-urlencoded"
FIELDS_MAX: Final = 5_000


class ForeignFormError(Refusal):
    """A form came from another site, or from a page that was shown to another person."""

    type = "foreign-form"
    title = "This form cannot be taken"
    status = 403


def csrf_token(request: Request, sessions: Sessions) -> str:
    """Make the token for a form's hidden field `csrf`."""
    bound_to = _bound_to(request, sessions)
    signature = sessions.signer.sign("form", bound_to)
    # Without a session nothing is secret about it, and the page should stay the same for all.
    return masked(signature) if bound_to else to_text(bytes(len(signature)) + signature)


async def checked_form(request: Request, sessions: Sessions) -> dict[str, list[str]]:
    """Read a posted form, without its token; each field's values in their order.

    Its size in bytes is limited by the route: `direct(body_bytes_max=...)`.

    Raises:
        ForeignFormError: it does not come from a page of this site that was shown to this person.
        BadBodyError: it is not a form, or has more than `FIELDS_MAX` fields.
        BodyTooLargeError: it is larger than the route takes.
    """
    _check_origin(request, sessions)
    form = await _read_form(request)
    sent = form.pop(FIELD, [""])
    if not hmac.compare_digest(unmasked(sent[0]), sessions.signer.sign("form", _bound_to(request, sessions))):
        message = (
            "The page it stood on is out of date, or was shown to somebody else. Go back, reload and retry."
        )
        raise ForeignFormError(message)
    return form


def _bound_to(request: Request, sessions: Sessions) -> str:
    # A forged or expired cookie counts as none, here as on the pages.
    return cookie(request, SESSION) if signed_in(request, sessions) else ""


def _check_origin(request: Request, sessions: Sessions) -> None:
    origin, site = request.header(b"origin"), request.header(b"sec-fetch-site")
    foreign = (site is not None and site != b"same-origin") or (
        origin is not None and not sessions.signer.is_own(origin, request.header(b"host") or b"")
    )
    unsaid = origin is None and site is None and not _bound_to(request, sessions)
    if foreign or unsaid:
        message = "It was not sent from a page of this site, or the browser does not tell from where."
        raise ForeignFormError(message)


async def _read_form(request: Request) -> dict[str, list[str]]:
    content_type = (request.header(b"content-type") or b"").partition(b";")[0].strip().lower()
    if content_type != FORM:
        message = f"Send a form as {FORM.decode()}."
        raise BadBodyError(message)
    try:
        text = (await request.body()).decode("ascii")
        return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=FIELDS_MAX)
    except ValueError as error:
        message = "The form cannot be read."
        raise BadBodyError(message) from error
