"""The moderation console: pages under `/moderation`, for moderators and admins who are signed in.

- `desk`  what all of its pages share: who may see them, and what stands around them
"""

from typing import Final

from litestar.handlers import HTTPRouteHandler

CONSOLE: Final[tuple[HTTPRouteHandler, ...]] = ()
