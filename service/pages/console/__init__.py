"""The moderation console: pages under `/moderation`, for moderators and admins who are signed in.

- `desk`  what all of its pages share: who may see them, and what stands around them
- `events`  the log, newest first; `filters`, what to look for in it
- `event`   one event's story; `voter`, what one pseudonym ever said
- `telling` events in words
"""

from typing import Final

from litestar.handlers import HTTPRouteHandler

from service.pages.console.events import get_events_page

CONSOLE: Final[tuple[HTTPRouteHandler, ...]] = (get_events_page,)
