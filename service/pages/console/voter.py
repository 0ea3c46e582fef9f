"""The events of one pseudonym: how many, when, how many stand, and whether others agree."""

from typing import Final

from litestar import get
from litestar.exceptions import NotFoundException
from msgspec import Struct

from events.facts import VoteCast
from events.ids import Position
from events.log.connection import Connection, Pool
from events.log.describe import describe_some
from events.log.reader import read_head
from events.log.voter import EVENTS_MAX, VoterEvent, VoterRecord, read_voter
from projections.agreement import Agreement, Vote, read_agreements
from projections.comparison.numbers import count
from service.http import parameters
from service.http.request import Request, direct
from service.http.response import Response
from service.pages.console import event_text, filters
from service.pages.console.common import require_moderator, show
from service.pages.console.event_text import EventRow, write_rows
from service.pages.console.voter_pace import PaceView, pace_view
from service.pages.rendering.publishing import Pages
from service.pages.session.sessions import Sessions
from service.views import words
from service.views.words import TimeText

STANDING_MAX: Final = 100


class AgreementView(Struct, frozen=True):
    """A share and what it is a share of; "—" where there is nothing to compare with."""

    share: str
    of: str


class VoterView(Struct, frozen=True, kw_only=True):
    """Everything on the page.

    Attributes:
        events: How many there are, in words.
        accounts: Whether the voter has an account.
        crowd: The agreement with the rest of the crowd.
        panel: The agreement with the panel.
        pace: None if every time is malformed.
        standing: Votes and preferences that count, the newest first.
        stands: The number of those.
        log: The log of this voter alone.
    """

    voter: str
    events: str
    first: TimeText | None
    last: TimeText | None
    accounts: str
    retracted: str
    crowd: AgreementView
    panel: AgreementView
    pace: PaceView | None
    standing: list[EventRow]
    stands: str
    shows_all: bool
    log: str


@get("/moderation/voters/{voter:str}", include_in_schema=False)
@direct()
async def get_voter_page(request: Request, *, pool: Pool, pages: Pages, sessions: Sessions) -> Response:
    """Show one voter."""
    require_moderator(request, sessions)
    voter = parameters.identifier(request, "voter")
    async with pool.acquire() as connection:
        head = await read_head(connection)
        record = await read_voter(connection, voter, to=head)
        if not record.said:
            raise NotFoundException(detail=f"No vote and no preference is by {voter}.")
        standing = record.standing()
        rows = await _rows(connection, standing[:STANDING_MAX], head=head)
    view = await _view(pool, str(voter), record, standing, rows)
    return await show(request, pages, "voter.html", f"Voter {event_text.short(view.voter)}", view)


async def _rows(connection: Connection, standing: list[VoterEvent], *, head: Position) -> list[EventRow]:
    positions = [said.position for said in standing]
    described = await describe_some(connection, positions, as_of=head)
    return await write_rows(connection, described[::-1], as_of=head)


async def _view(
    pool: Pool, voter: str, record: VoterRecord, standing: list[VoterEvent], rows: list[EventRow]
) -> VoterView:
    said = record.said
    times = [each.recorded_at for each in said if each.recorded_at is not None]
    agreements = await read_agreements(pool, _votes(standing))
    return VoterView(
        voter=voter,
        events=count(len(said), "event") if record.whole else f"the last {EVENTS_MAX:,}, rulings included",
        first=words.second(min(times)) if times else None,
        last=words.second(max(times)) if times else None,
        accounts=_accounts(sum(each.anonymous for each in said), len(said)),
        retracted=f"{sum(each.retracted for each in said):,} of {len(said):,}",
        crowd=_agreement(agreements.crowd),
        panel=_agreement(agreements.panel),
        pace=pace_view(times, event_text.short(voter)) if times else None,
        standing=rows,
        stands=f"{len(standing):,}",
        shows_all=len(rows) == len(standing),
        log=filters.log_address({"voter": voter}),
    )


def _votes(standing: list[VoterEvent]) -> list[Vote]:
    return [
        Vote(
            subject_id=said.subject_id,
            position=said.position,
            ship=said.choice == "ship",
            anonymous=said.anonymous,
        )
        for said in standing
        if said.type == VoteCast.__name__ and said.choice in {"ship", "skip"}
    ]


def _accounts(anonymous: int, events: int) -> str:
    if not anonymous:
        return "with an account"
    return "without an account" if anonymous == events else f"{anonymous:,} of them without an account"


def _agreement(found: Agreement) -> AgreementView:
    share = found.agreed / found.compared if found.compared else None
    return AgreementView(words.percent(share), f"{found.agreed:,} of {found.compared:,}")
