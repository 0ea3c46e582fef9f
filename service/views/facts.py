"""Facts about a tool as pages show them: its description, its price, its reviews."""

from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from projections.catalogue.queries import Tool
from projections.reviews.queries import Review
from service.views import words
from service.views.shares import VerdictMark, mark_of
from service.views.words import TimeText

PRICES: Final = {"free": "Free", "freemium": "Free to start", "paid": "Paid", "usage": "Pay for what you use"}


class Link(Struct, frozen=True):
    """A link and what it says."""

    href: str
    text: str


class Price(Struct, frozen=True):
    """The price of a tool, in words."""

    model: str
    entry: str | None
    note: str | None


class ReviewView(Struct, frozen=True):
    """A panelist's review."""

    verdict: VerdictMark
    headline: str
    paragraphs: list[str]
    panelist: str
    lens: str
    time: TimeText


def price(tool: Tool) -> Price | None:
    """Put a tool's price into words; None where it is not known."""
    pricing = tool.pricing
    return pricing and Price(PRICES[pricing.model], pricing.entry, pricing.note)


def homepage(tool: Tool) -> Link | None:
    """Link to a tool's homepage by its host; None if it is not an http address."""
    url = tool.homepage
    try:
        host = urlsplit(url).hostname if url.startswith(("http://", "https://")) else None
    except ValueError:
        return None
    return Link(url, host.removeprefix("www.")) if host else None


def review(given: Review) -> ReviewView:
    """Show a review."""
    return ReviewView(
        mark_of(given.verdict),
        given.headline,
        paragraphs(given.body),
        given.name,
        words.title(given.lens),
        words.day(given.recorded_at),
    )


def paragraphs(text: str) -> list[str]:
    """Split a text where lines are blank."""
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
