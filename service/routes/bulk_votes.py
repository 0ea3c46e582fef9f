"""Votes in bulk: `/v1/votes`, one NDJSON line each."""

from collections.abc import Sequence
from typing import Annotated, Final

import msgspec

from events.log.commands import Answer as LogAnswer
from events.log.commands import Appended, Command, KeyReusedError, Refusal
from events.log.writer import Writer
from events.times import OUTSIDE, in_utc
from service.commands.votes import CastVote, WithdrawVote
from service.http.auth import SERVICES
from service.http.problems import BAD_JSON, BadBodyError, BodyTooLargeError, Problem, bad_body, problem_of
from service.http.response import NDJSON, Response
from service.http.schemas import VoteLine
from service.http.signature import Key, Lines
from service.http.submit import encode_appended
from service.routes.declare import post
from service.routes.openapi import NDJSON as NDJSON_TYPE

LINES_MAX: Final = 10_000
BODY_BYTES_MAX: Final = 16 * 1024 * 1024

_decode: Final = msgspec.json.Decoder(VoteLine).decode
_encode: Final = msgspec.json.Encoder().encode

_EXAMPLE: Final = (
    '{"tool": "gpt-5-mini", "voter": "user-1", "choice": "ship"}\n'
    '{"tool": "gpt-5-mini", "voter": "user-2", "choice": null}\n'
)
_ANSWER_EXAMPLE: Final = (
    '{"position":120345,"changed":true}\n'
    '{"problem":{"type":"urn:ostraka:problem:unknown-tool","title":"No such tool is listed",'
    '"status":404,"detail":"No tool \'gpt-6\' is listed."}}\n'
)


class Refused(msgspec.Struct, frozen=True):
    """The line for a vote that was refused."""

    problem: Problem


@post(
    "/v1/votes",
    callers=SERVICES,
    takes=_EXAMPLE,
    answer={},
    example=_ANSWER_EXAMPLE,
    media_type=NDJSON_TYPE,
    body_bytes_max=BODY_BYTES_MAX,
)
async def post_votes(*, body: Annotated[bytes, Lines(VoteLine)], key: Key, writer: Writer) -> Response:
    """Cast or withdraw up to 10,000 votes, one JSON object a line. Each line gets its own answer.

    All lines are committed together. A refused line does not keep the others back.
    """
    lines = body.split(b"\n")
    while lines and not lines[-1].strip():
        lines.pop()
    if len(lines) > LINES_MAX:
        message = f"{len(lines)} lines came; send at most {LINES_MAX} at once."
        raise BodyTooLargeError(message)
    read = [_read(line) for line in lines]
    commands = [entry for entry in read if not isinstance(entry, Refusal)]
    answers: Sequence[LogAnswer] = await writer.submit(commands, key=key) if commands else ()
    if answers and isinstance(answers[0], KeyReusedError):
        raise answers[0]  # it is about the request, not about its lines
    decided = iter(answers)
    written = [_write(entry if isinstance(entry, Refusal) else next(decided)) for entry in read]
    return Response(b"".join(written), media_type=NDJSON)


def _read(line: bytes) -> Command | Refusal:
    try:
        vote = _decode(line)
    except BAD_JSON as error:
        return bad_body(error)
    try:
        at = vote.at and in_utc(vote.at)
    except ValueError:
        return BadBodyError(f"The time {OUTSIDE} - at `$.at`.")
    if vote.choice is None:
        return WithdrawVote(tool=vote.tool, account=vote.voter, occurred_at=at)
    return CastVote(tool=vote.tool, account=vote.voter, choice=vote.choice, occurred_at=at)


def _write(answer: LogAnswer) -> bytes:
    if isinstance(answer, Appended):
        return encode_appended(answer) + b"\n"
    if isinstance(answer, Refusal):
        return _encode(Refused(problem_of(answer))) + b"\n"
    raise answer


ROUTES: Final = (post_votes,)
