"""The background work that somebody should look at, the most urgent first."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from projections.comparison.numbers import count
from service.pages.console.background import Work
from service.pages.console.batch_words import batch_address, batch_name
from service.pages.console.quarantine import QUARANTINE
from service.pages.console.replay_words import models_of, replay_address
from service.views import words
from service.views.facts import Link

WAITS_S_MAX: Final = 30.0
"""A fold takes moments; a longer wait needs attention."""

RECENT: Final = timedelta(days=1)


class Attention(Struct, frozen=True):
    """Something to look at, and where."""

    text: str
    link: Link | None = None


def attention(work: Work, now: datetime) -> Iterator[Attention]:
    """Name what should be looked at; nothing if all is well."""
    yield from _aside(work)
    yield from _lags(work)
    yield from _drift(work, now)
    yield from _failed(work, now)
    for replay in work.going_on:
        if replay.state == "ready":
            said = f"A replay of {models_of(replay.models)} is ready and waits to be swapped in or cancelled."
            yield Attention(said, Link(replay_address(replay), "Look at what differs"))


def _aside(work: Work) -> Iterator[Attention]:
    if work.aside:
        verb = "is" if work.aside == 1 else "are"
        said = f"{count(work.aside, 'subject')} {verb} set aside. Scores stand still there; all others go on."
        yield Attention(said, Link(QUARANTINE, "See why"))


def _lags(work: Work) -> Iterator[Attention]:
    late = [lag for lag in work.lags.models if lag.waits_s > WAITS_S_MAX]
    if late:
        worst = max(late, key=lambda lag: lag.waits_s)
        yield Attention(
            f"The read model {worst.model} is {count(worst.events, 'event')} behind, the first of them for"
            f" {words.duration(worst.waits_s)}. Votes are taken and kept, but not counted yet."
            " Unless much was just imported, see whether a worker runs."
        )


def _drift(work: Work, now: datetime) -> Iterator[Attention]:
    found_at = work.checks.drift_at
    if found_at is not None and now - found_at < RECENT:
        yield Attention(
            f"What was served differed from the log on {words.minute(found_at).shown}, and was folded anew."
            " Unless somebody changed tables by hand, a fold has a defect; what the workers print names it."
        )


def _failed(work: Work, now: datetime) -> Iterator[Attention]:
    for replay in work.replays:
        if replay.state == "failed" and replay.ended_at and now - replay.ended_at < RECENT:
            said = f"A replay of {models_of(replay.models)} failed: {replay.error}."
            yield Attention(said, Link(replay_address(replay), "Look at it"))
    for batch in work.batches:
        if batch.state == "failed" and batch.ended_at and now - batch.ended_at < RECENT:
            said = f"{batch_name(batch)} failed: {batch.error}."
            yield Attention(said, Link(batch_address(batch), "Look at it"))
