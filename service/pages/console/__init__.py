"""The moderation console: pages under `/moderation`, for moderators and admins who are signed in.

- `desk`  what all of its pages share: who may see them, and what stands around them
- `events`  the log, newest first; `filters`, what to look for in it
- `event`   one event's story; `event_fields`, what it says; `event_effect`, what it did to a score
- `voter`   what one pseudonym ever said; `voter_pace`, when
- `telling` events in words
- `overview`  how the work in the background goes; `work` reads it, `attention` says what to look at
- `replays` the list, and a form to order one; `replay`, one of them; `replay_words`, `replay_difference`
- `set_aside`  subjects whose events cannot be folded
- `previews`  what a batch of rulings would change; `choosing`, on which events; `effects`, in words
- `applying`  orders what was previewed; `sealing` sees to it that nothing else is; `refusing` says why not
- `batches`   the list of batches; `batch`, one of them; `batch_words`
- `audit`     who did what
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
