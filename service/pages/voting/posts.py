"""Takes votes from the pages' forms, and leads back to the page."""

import contextlib
from math import ceil
from typing import Final

from litestar import post
from msgspec import Struct
from redis.asyncio import Redis

from events.facts import OVERALL, Choice
from events.ids import Position
from events.log.commands import Appended, Command
from events.log.writer import Writer
from service.commands.matchups import CastPreference, MatchupKey, WithdrawPreference, matchup_of
from service.commands.votes import CastVote, WithdrawVote
from service.http import parameters
from service.http.problems import BadBodyError, NotCaughtUpError, WrongRoleError
from service.http.request import Request, direct
from service.http.response import Response
from service.live.score_cache import ScoreCache
from service.pages.rendering import reading
from service.pages.rendering.page_cache import FRESH_S_MAX
from service.pages.session.cookies import VOTED, HeaderPair, set_cookie
from service.pages.session.forms import checked_form
from service.pages.session.person import person_of
from service.pages.session.redirects import local_path, see_other
from service.pages.session.sessions import Sessions
from service.pages.session.signer import Signer
from service.pages.session.user import SignInNeededError
from service.pages.session.visitor import new_visitor
from service.pages.voting.limits import count_anonymous_vote, count_new_visitor
from service.views import addresses

FORM_BYTES_MAX: Final = 4 * 1024
CHOICES: Final[tuple[Choice, ...]] = ("ship", "skip")


class Sender(Struct, frozen=True):
    """The account that votes, and the headers that set its browser's cookies."""

    account: str
    anonymous: bool
    headers: tuple[HeaderPair, ...] = ()


class Sent(Struct, frozen=True):
    """A posted form: one value of each field, and the page that it stood on."""

    fields: dict[str, str]
    page: str

    @property
    def withdraws(self) -> bool:
        """Whether the vote is taken back."""
        return "withdraw" in self.fields

    def field(self, name: str) -> str:
        """Return a field that has to be there.

        Raises:
            BadBodyError: it is not.
        """
        try:
            return self.fields[name]
        except KeyError:
            message = f"The form lacks the field {name!r}."
            raise BadBodyError(message) from None


@post("/tools/{slug:str}/vote", include_in_schema=False)
@direct(body_bytes_max=FORM_BYTES_MAX)
async def post_tool_vote(
    request: Request, *, sessions: Sessions, redis: Redis, writer: Writer, scores: ScoreCache
) -> Response:
    """Set the vote on a tool to `choice`, or take it back with `withdraw`."""
    slug = reading.page_slug(request)
    sent = await _read(request, sessions, addresses.tool(slug))
    sender = await _admit(request, sessions, redis, sent)
    position = await _write(writer, _tool_order(slug, sent, sender))
    await _wait(scores, slug, position)
    return _go_back(request, sessions.signer, sent, sender)


@post("/compare/{pair:str}/vote", include_in_schema=False)
@direct(body_bytes_max=FORM_BYTES_MAX)
async def post_pair_vote(
    request: Request, *, sessions: Sessions, redis: Redis, writer: Writer, scores: ScoreCache
) -> Response:
    """Set the preference between `left` and `right` to `choice`, or take it back with `withdraw`."""
    sent = await _read(request, sessions, request.scope["path"].removesuffix("/vote"))
    matchup = _matchup(request, sent)
    sender = await _admit(request, sessions, redis, sent)
    position = await _write(writer, _pair_order(matchup, sent, sender))
    await _wait(scores, matchup.left, position)
    return _go_back(request, sessions.signer, sent, sender)


async def _read(request: Request, sessions: Sessions, page: str) -> Sent:
    fields = {name: values[0] for name, values in (await checked_form(request, sessions)).items()}
    return Sent(fields, local_path(fields.get("next", page)))


async def _admit(request: Request, sessions: Sessions, redis: Redis, sent: Sent) -> Sender:
    """Return the account that votes, and make one for a browser that votes the first time."""
    person, signer = person_of(request, sessions), sessions.signer
    client = request.scope["client"]
    address = client[0] if client else ""
    match person.voting:
        case "account":
            return Sender(person.account, anonymous=False)
        case "sign in":
            raise SignInNeededError(sent.page)
        case "other role":
            message = f"Voters vote; you are signed in as {person.role}."
            raise WrongRoleError(message)
        case "anonymous" if person.account:
            await count_anonymous_vote(redis, signer, account=person.account, address=address)
            return Sender(person.account, anonymous=True)
        case "anonymous":
            await count_new_visitor(redis, signer, address=address)
            visitor = new_visitor(request, signer)
            return Sender(visitor.account, anonymous=True, headers=(visitor.header,))


async def _write(writer: Writer, command: Command) -> Position:
    (answer,) = await writer.submit((command,), key=None)
    if not isinstance(answer, Appended):
        raise answer
    return answer.position


async def _wait(scores: ScoreCache, tool: str, position: Position) -> None:
    """Wait until a tool's score has counted a vote, so that the page that comes next shows it."""
    # The page shows the vote even while the scores are late, since votes are read off the log.
    with contextlib.suppress(NotCaughtUpError):
        await scores.get(tool, after=position)


def _go_back(request: Request, signer: Signer, sent: Sent, sender: Sender) -> Response:
    """Lead back to the page that the form stood on."""
    form = sent.fields.get("form", "")
    voted = set_cookie(request, signer, VOTED, "1", lifetime_s=ceil(FRESH_S_MAX))
    return see_other(local_path(f"{sent.page}#{form}") if form else sent.page, *sender.headers, voted)


def _tool_order(slug: str, sent: Sent, sender: Sender) -> Command:
    account, anonymous = sender.account, sender.anonymous
    if sent.withdraws:
        return WithdrawVote(tool=slug, account=account, anonymous=anonymous)
    choice = sent.field("choice")
    if choice not in CHOICES:
        message = f"A vote is {' or '.join(CHOICES)}."
        raise BadBodyError(message)
    return CastVote(tool=slug, account=account, anonymous=anonymous, choice=choice)


def _pair_order(matchup: MatchupKey, sent: Sent, sender: Sender) -> Command:
    account, anonymous = sender.account, sender.anonymous
    if sent.withdraws:
        return WithdrawPreference(matchup=matchup, account=account, anonymous=anonymous)
    winner = sent.field("choice")
    return CastPreference(matchup=matchup, account=account, anonymous=anonymous, winner=winner)


def _matchup(request: Request, sent: Sent) -> MatchupKey:
    """Read the matchup of a form. A slug may contain "-vs-" itself, so the form names both tools."""
    left, right, context = sent.field("left"), sent.field("right"), sent.fields.get("context", OVERALL)
    for slug in (left, right, context):
        parameters.check_slug(slug)
    if f"{addresses.comparison(left, right)}/vote" != request.scope["path"]:
        message = "The form and the address it was sent to name different tools."
        raise BadBodyError(message)
    return matchup_of(left, right, context)
