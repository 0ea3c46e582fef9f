"""Pages for people, made on the server: complete without a script, no build step, nothing from anybody else.

A page is a module: it reads the projections and makes a view, a Struct that holds what is shown in the words
in which it is shown. Its template does nothing but put that in place.

- `home`, `search`, `tool`, `leaderboard`, `compare`  the pages; `robots`, for crawlers
- `tool_record`      how a tool's score became what it is
- `board_wanted`     which leaderboard is asked for; `board_rows`, its rows; `board_words`, its name
- `compare_wanted`   which tools to compare; `compare_sides`, `compare_matchups`, `compare_standings`: how
- `facts`            what a tool is, and what a reviewer says of it
- `measures`         a share with its interval and verdict; `ratings`, the same head to head
- `words`            how numbers, times and names are written; `addresses`, how links are
- `reading`          what a page's address asks for; `moments`, at which moment
- `charts`           inline SVG
- `publishing`       from a view to bytes, kept for a moment on the `shelf`
- `representations`  bytes with their ETag, by `encodings`; `headers`, what keeps them safe
- `session`          who is signed in; `session_person`, whoever looks; `session_visitor`, who has no account
- `session_pages`    signing in and out; `session_forms`, what is posted; `session_next`, where to go then
- `session_gate`     seals and origins; `session_cookies`
- `voting`           forms to vote with; `voting_posts`, what they send; `voting_limits`, how often
- `console`          for moderators
- `sharing`          what other sites get: previews, pictures, feed, site map, badges
- `assets`           styles, scripts and images, under addresses that change with them
- `errors`           refusals as pages
- `templates/`, `styles/`, `scripts/`, `images/`
"""

from typing import Final

from litestar.handlers import HTTPRouteHandler

from service.pages.assets import get_asset
from service.pages.compare import get_compare_page
from service.pages.console import CONSOLE
from service.pages.home import get_home_page
from service.pages.leaderboard import get_leaderboard_page
from service.pages.robots import get_robots
from service.pages.search import get_search_page
from service.pages.session_pages import get_sign_in_page, post_sign_in, post_sign_out
from service.pages.sharing.badge import get_badge
from service.pages.sharing.feed import get_feed
from service.pages.sharing.pictures import get_site_picture, get_tool_picture
from service.pages.sharing.sitemap import get_sitemap
from service.pages.tool import get_tool_page
from service.pages.voting_posts import post_pair_vote, post_tool_vote

PAGES: Final[tuple[HTTPRouteHandler, ...]] = (
    get_home_page,
    get_search_page,
    get_tool_page,
    get_leaderboard_page,
    get_compare_page,
    get_sign_in_page,
    post_sign_in,
    post_sign_out,
    post_tool_vote,
    post_pair_vote,
    *CONSOLE,
    get_site_picture,
    get_tool_picture,
    get_feed,
    get_sitemap,
    get_badge,
    get_robots,
    get_asset,
)
