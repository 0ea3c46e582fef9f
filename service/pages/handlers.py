"""The handlers of all pages, and of the files that pages load."""

from typing import Final

from litestar.handlers import HTTPRouteHandler

from service.pages.compare.page import get_compare_page
from service.pages.console import CONSOLE
from service.pages.home import get_home_page
from service.pages.leaderboard.page import get_leaderboard_page
from service.pages.rendering.assets import get_asset
from service.pages.search import get_search_page
from service.pages.sharing.badge import get_badge
from service.pages.sharing.feed import get_feed
from service.pages.sharing.pictures import get_site_picture, get_tool_picture
from service.pages.sharing.robots import get_robots
from service.pages.sharing.sitemap import get_sitemap
from service.pages.sign_in import get_sign_in_page, post_sign_in, post_sign_out
from service.pages.tool.page import get_tool_page
from service.pages.voting.posts import post_pair_vote, post_tool_vote

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
