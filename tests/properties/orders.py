"""Random orders about two tools, two panelists and three voters of one example's own."""

from collections.abc import Callable, Sequence
from typing import Literal

from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from events.codec import Event
from events.facts import TIE, AnyFact, EventReinstated, EventRetracted, PanelistEntry, Reason
from events.ids import ActorId, StreamKey
from events.log.commands import Command
from events.streams import StreamState
from projections.rules.registry import RULES
from service.commands.catalogue import DelistTool, ListTool, RetirePanelist, SeatPanelist
from service.commands.matchups import CastPreference, MatchupKey, WithdrawPreference, matchup_of
from service.commands.reviews import WithdrawReview, WriteReview
from service.commands.rules import AdoptRule
from service.commands.votes import CastVote, WithdrawVote
from tests.support.logs import list_tool
from tests.support.votes import ship, skip, withdraw

Named = Callable[[str], Command]
"""An order that is still to be told the example's own prefix of names."""

TOOLS, PANELISTS, VOTERS = ("hammer", "nail"), ("ada", "bo"), ("ann", "ben", "cid")
STRANGER = "cid"
"""The voter without an account."""

tools, panelists, voters = st.sampled_from(TOOLS), st.sampled_from(PANELISTS), st.sampled_from(VOTERS)
words = st.sampled_from(("one", "two"))


def _vote(order: Callable[[str, str], CastVote | WithdrawVote], voter: str, tool: str) -> Named:
    return lambda own: replace(order(f"{own}-{voter}", f"{own}-{tool}"), anonymous=voter == STRANGER)


def _preference(voter: str, winner: str, context: str) -> Named:
    return lambda own: CastPreference(
        matchup=_matchup(own, context),
        account=f"{own}-{voter}",
        anonymous=voter == STRANGER,
        winner=winner if winner == TIE else f"{own}-{winner}",
    )


def _indifference(voter: str, context: str) -> Named:
    return lambda own: WithdrawPreference(
        matchup=_matchup(own, context), account=f"{own}-{voter}", anonymous=voter == STRANGER
    )


def _matchup(own: str, context: str) -> MatchupKey:
    left, right = TOOLS
    return matchup_of(f"{own}-{left}", f"{own}-{right}", context)


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


def _adopted(rule: str) -> Named:
    return lambda own: AdoptRule(rule=rule, order=own)


OPENING: Sequence[Named] = (
    *(_listed(tool, "one") for tool in TOOLS),
    *(_seated(panelist, "one") for panelist in PANELISTS),
)
"""The first orders, which make most of the later ones count."""

votes = st.builds(_vote, st.sampled_from((ship, skip, withdraw)), voters, tools)
contexts = st.sampled_from(("overall", "code"))
preferences = st.one_of(
    st.builds(_preference, voters, st.sampled_from((*TOOLS, TIE)), contexts),
    st.builds(_indifference, voters, contexts),
)
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
orders = st.one_of(votes, votes, votes, preferences, preferences, reviews, reviews, entries)
adoptions = st.lists(st.builds(_adopted, st.sampled_from([rule.name for rule in RULES])), max_size=2)
batches = st.lists(orders, min_size=1, max_size=12)


class Rule(Struct, frozen=True, kw_only=True):
    """Order a ruling whatever was ruled before, which a moderator's order never does."""

    target: Event
    kind: type[EventRetracted | EventReinstated]
    batch: str
    reason: Reason
    account: None = None
    occurred_at: None = None

    def streams(self, _voter: ActorId | None) -> Sequence[StreamKey]:
        """The target's own stream."""
        return ((self.target.subject_id, self.target.actor_id),)

    def decide(self, _state: StreamState | None) -> Sequence[AnyFact]:
        """Rule."""
        return (self.kind(target=self.target.position, batch=self.batch, reason=self.reason, note=""),)


class Judgement(Struct, frozen=True):
    """A ruling still to be told which event it is about: the one at that share of those there are."""

    share: float
    kind: type[EventRetracted | EventReinstated]
    reason: Literal["fraud", "spam"]

    def about(self, events: Sequence[Event]) -> Rule:
        """Choose the target; rulings of one kind for one reason are a batch, as all of a batch's are."""
        target = events[min(len(events) - 1, int(self.share * len(events)))]
        batch = f"{self.kind.__name__} for {self.reason}"
        return Rule(target=target, kind=self.kind, batch=batch, reason=self.reason)


judgements = st.lists(
    st.builds(
        Judgement,
        st.floats(0, 1),
        st.sampled_from((EventRetracted, EventRetracted, EventReinstated)),
        st.sampled_from(("fraud", "spam")),
    ),
    max_size=6,
)
