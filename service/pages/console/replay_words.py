"""The progress of a replay in words, for pages and their streams."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from projections.comparison.numbers import count, join
from projections.rebuilding.replays import Replay, ReplayState
from projections.registry import NAMES
from service.http.response import encode
from service.pages.console.common import CONSOLE_ROOT
from service.views import words

REPLAYS: Final = f"{CONSOLE_ROOT}/replays"

STATES: Final[dict[ReplayState, str]] = {
    "running": "Running",
    "ready": "Ready: it waits for your decision",
    "done": "Swapped in",
    "cancelled": "Cancelled",
    "failed": "Failed",
}

SHORT_STATES: Final[dict[ReplayState, str]] = {**STATES, "ready": "Ready"}


class ProgressView(Struct, frozen=True):
    """The progress of a replay.

    Attributes:
        said: The state.
        done: Events folded, of `of`.
        rate: "" while it is not known; `left` too.
    """

    state: ReplayState
    said: str
    done: int
    of: int
    folded: str
    rate: str
    left: str


def progress_of(replay: Replay) -> ProgressView:
    """Put a replay's progress into words."""
    return ProgressView(
        state=replay.state,
        said=STATES[replay.state],
        done=replay.position,
        of=max(1, replay.head),
        folded=f"{replay.position:,} of {count(replay.head, 'event')}",
        rate=f"{replay.rate:,.0f} events a second" if replay.rate else "",
        left=_left(replay),
    )


def write_progress(replay: Replay) -> bytes:
    """Write a replay's progress, in words, as JSON."""
    return encode(progress_of(replay))


def replay_address(replay: Replay) -> str:
    """Name a replay's page."""
    return f"{REPLAYS}/{replay.id}"


def models_of(models: Sequence[str]) -> str:
    """Write "all read models", or name them."""
    return "all read models" if set(models) == set(NAMES) else join(models)


def outcome_of(replay: Replay) -> str:
    """Write what a replay found to differ; "" while it is not known."""
    if replay.difference is None:
        return ""
    differing = replay.difference.count
    return f"{count(differing, 'subject')} differ{'s' * (differing == 1)}" if differing else "no difference"


def _left(replay: Replay) -> str:
    if replay.state != "running":
        return ""
    if replay.position >= replay.head:
        return "comparing with what is served"
    return "" if replay.seconds_left is None else f"about {words.duration(replay.seconds_left)} left"
