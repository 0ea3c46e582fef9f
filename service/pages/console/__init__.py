"""The moderation console: pages under `/moderation`, for moderators and admins who are signed in.

- `common`             who may see these pages, and the frame around them
- `overview`           how the work in the background goes
- `background`         reads it all at once
- `attention`          what needs attention first
- `events`             the log, newest first
- `filters`            what to look for in the log
- `event`              one event's story
- `event_fields`       what an event says
- `event_effect`       what an event did to a score
- `event_text`         events in words
- `voter`              all that one pseudonym said
- `voter_pace`         when they said it
- `pace_chart`         the same as bars over time
- `previews`           what a batch of rulings would change
- `selections`         which events a batch is about
- `effects`            what would change, in words
- `preview_tokens`     pins a ruling to what was previewed
- `apply`              orders what was previewed
- `refusals`           says why a form was not taken
- `batches`            the list of batches
- `batch`              one batch
- `batch_words`        batches in words
- `replays`            the list of replays, and a form to order one
- `replay`             one replay
- `replay_words`       replays in words
- `replay_difference`  what a replay would change
- `quarantine`         subjects whose events cannot be folded
- `audit`              who did what
"""

from typing import Final

from litestar.handlers import HTTPRouteHandler

from service.pages.console.apply import post_apply
from service.pages.console.audit import get_audit_page
from service.pages.console.batch import get_batch_page, post_batch_page_cancel
from service.pages.console.batches import get_batches_page
from service.pages.console.event import get_event_page
from service.pages.console.events import get_events_page
from service.pages.console.overview import get_overview_page
from service.pages.console.previews import post_preview, post_revert_preview
from service.pages.console.quarantine import get_quarantine_page, post_quarantine_page_retry
from service.pages.console.replay import (
    get_replay_page,
    get_replay_page_stream,
    post_replay_page_cancel,
    post_replay_page_swap,
)
from service.pages.console.replays import get_replays_page, post_replays_page
from service.pages.console.voter import get_voter_page

CONSOLE: Final[tuple[HTTPRouteHandler, ...]] = (
    get_overview_page,
    get_events_page,
    get_event_page,
    get_voter_page,
    post_preview,
    post_apply,
    get_batches_page,
    get_batch_page,
    post_batch_page_cancel,
    post_revert_preview,
    get_replays_page,
    post_replays_page,
    get_replay_page,
    get_replay_page_stream,
    post_replay_page_swap,
    post_replay_page_cancel,
    get_quarantine_page,
    post_quarantine_page_retry,
    get_audit_page,
)
