"""Random orders about two tools, two panelists and three voters of one example's own."""

from collections.abc import Callable, Sequence

from hypothesis import strategies as st
from msgspec.structs import replace

from events.facts import PanelistEntry
from events.log.commands import Command
from service.commands.catalogue import DelistTool, ListTool, RetirePanelist, SeatPanelist
from service.commands.reviews import WithdrawReview, WriteReview
from tests.support.logs import list_tool
from tests.support.votes import ship, skip, withdraw

Named = Callable[[str], Command]
"""An order that is still to be told the example's own prefix of names."""

TOOLS, PANELISTS, VOTERS = ("hammer", "nail"), ("ada", "bo"), ("ann", "ben", "cid")
tools, panelists, voters = st.sampled_from(TOOLS), st.sampled_from(PANELISTS), st.sampled_from(VOTERS)
words = st.sampled_from(("one", "two"))


def _vote(order: Callable[[str, str], Command], voter: str, tool: str) -> Named:
    return lambda own: order(f"{own}-{voter}", f"{own}-{tool}")


def _review(tool: str, panelist: str, word: str, *, shipped: bool) -> Named:
    return lambda own: WriteReview(
        tool=f"{own}-{tool}",
        panelist=f"{own}-{panelist}",
        verdict="ship" if shipped else "skip",
        headline=word,
        body="",
    )


def _withdrawn(tool: str, panelist: str) -> Named:
    return lambda own: WithdrawReview(tool=f"{own}-{tool}", panelist=f"{own}-{panelist}")


def _listed(tool: str, word: str) -> Named:
    return lambda own: ListTool(replace(list_tool(f"{own}-{tool}").entry, name=word))


def _delisted(tool: str) -> Named:
    return lambda own: DelistTool(f"{own}-{tool}")


def _seated(panelist: str, word: str) -> Named:
    return lambda own: SeatPanelist(PanelistEntry(slug=f"{own}-{panelist}", name="", lens=word, bio=""))


def _retired(panelist: str) -> Named:
    return lambda own: RetirePanelist(f"{own}-{panelist}")


OPENING: Sequence[Named] = (
    *(_listed(tool, "one") for tool in TOOLS),
    *(_seated(panelist, "one") for panelist in PANELISTS),
)
"""What makes most of the orders after it count."""

votes = st.builds(_vote, st.sampled_from((ship, skip, withdraw)), voters, tools)
reviews = st.one_of(
    st.builds(_review, tools, panelists, words, shipped=st.booleans()),
    st.builds(_withdrawn, tools, panelists),
)
entries = st.one_of(
    st.builds(_listed, tools, words),
    st.builds(_delisted, tools),
    st.builds(_seated, panelists, words),
    st.builds(_retired, panelists),
)
orders = st.one_of(votes, votes, votes, reviews, reviews, entries)
batches = st.lists(orders, min_size=1, max_size=12)
