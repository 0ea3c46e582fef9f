"""The console's first page: the state of background work, and anything that needs attention."""

from datetime import UTC, datetime
from typing import Final

from litestar import get
from msgspec import Struct

from events.log.connection import Pool
from events.moderation.batches import Batch
from projections.checking.rounds import Checks
from projections.comparison.numbers import count
from projections.lags import Lag
from projections.ratings.storing import StoredFit
from projections.rebuilding.replays import Replay
from service.http.request import Request, direct
from service.http.response import Response
from service.pages.console import batch_words, replay_words
from service.pages.console.attention import Attention, attention
from service.pages.console.audit import AuditRow, audit_row
from service.pages.console.background import Work, read_work
from service.pages.console.common import CONSOLE_ROOT, require_moderator, show
from service.pages.rendering.publishing import Pages
from service.pages.session.sessions import Sessions
from service.views import words
from service.views.facts import Link
from service.views.words import TimeText

FITS_MAX: Final = 8


class ModelRow(Struct, frozen=True):
    """The progress of a read model."""

    name: str
    position: str
    behind: str
    waits: str


class FitRow(Struct, frozen=True):
    """The age of a context's ratings."""

    context: str
    position: str
    fitted: TimeText


class Going(Struct, frozen=True):
    """Work in progress: a link, its progress, and both in words."""

    link: Link
    done: int
    of: int
    said: str


class ChecksView(Struct, frozen=True):
    """The result of the checks: how far the round is, when the last one ended, and what they found."""

    share: int
    round: str
    last: TimeText | None
    found: str
    found_at: TimeText | None


class OverviewView(Struct, frozen=True, kw_only=True):
    """Everything on the page.

    Attributes:
        as_of: When this was read.
        moved: When the last event was recorded; None without events.
        more_fits: How many contexts are left out, in words; "" if none are.
    """

    as_of: TimeText
    attention: list[Attention]
    head: str
    moved: TimeText | None
    models: list[ModelRow]
    aside: str
    checks: ChecksView
    ratings: str
    fits: list[FitRow]
    more_fits: str
    going: list[Going]
    deeds: list[AuditRow]


@get(CONSOLE_ROOT, include_in_schema=False)
@direct()
async def get_overview_page(request: Request, *, pool: Pool, pages: Pages, sessions: Sessions) -> Response:
    """Show the state of background work."""
    require_moderator(request, sessions)
    view = _view(await read_work(pool), datetime.now(UTC))
    return await show(request, pages, "overview.html", "Moderation", view)


def _view(work: Work, now: datetime) -> OverviewView:
    lags, fits = work.lags, work.fits
    left_out = len(fits) - FITS_MAX
    return OverviewView(
        as_of=words.second(now),
        attention=list(attention(work, now)),
        head=f"{lags.head:,}",
        moved=lags.moved_at and words.second(lags.moved_at),
        models=[_model(lag) for lag in lags.models],
        aside=count(work.aside, "subject") if work.aside else "",
        checks=_checks(work.checks),
        ratings=_ratings(work),
        fits=[_fit(fit) for fit in fits[:FITS_MAX]],
        more_fits=f"and {count(left_out, 'context')} more" if left_out > 0 else "",
        going=[*map(_replay, work.going_on), *map(_batch, work.running)],
        deeds=[audit_row(entry) for entry in work.deeds],
    )


def _model(lag: Lag) -> ModelRow:
    return ModelRow(
        lag.model,
        f"{lag.position:,}",
        count(lag.events, "event") if lag.events else "up to date",
        words.duration(lag.waits_s) if lag.events else words.NOTHING,
    )


def _checks(checks: Checks) -> ChecksView:
    return ChecksView(
        share=round(100 * checks.share),
        round=f"{count(checks.rounds, 'round')} complete",
        last=checks.round_at and words.minute(checks.round_at),
        found=count(checks.drift, "subject") if checks.drift else "",
        found_at=checks.drift_at and words.minute(checks.drift_at),
    )


def _ratings(work: Work) -> str:
    if work.is_due:
        return "Something was preferred or ruled on since: they are being fitted anew."
    return (
        "They reflect every preference and every ruling."
        if work.fits
        else "Nobody has preferred anything yet."
    )


def _fit(fit: StoredFit) -> FitRow:
    return FitRow(fit.context, f"{fit.position:,}", words.minute(fit.fitted_at))


def _replay(replay: Replay) -> Going:
    progress = replay_words.progress_of(replay)
    text = f"Replay of {replay_words.models_of(replay.models)}, by {replay.moderator}"
    said = ", ".join(filter(None, (progress.said, progress.folded, progress.left)))
    return Going(Link(replay_words.replay_address(replay), text), progress.done, progress.of, said)


def _batch(batch: Batch) -> Going:
    done = batch.applied + batch.unchanged
    link = Link(batch_words.batch_address(batch), batch_words.batch_name(batch))
    return Going(link, done, max(1, batch.matched), f"{done:,} of {count(batch.matched, 'event')} looked at")
