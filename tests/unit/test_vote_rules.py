"""Votes: given what happened, when an order comes, then these facts or this refusal."""

import pytest

from events.facts import AnyFact, ToolDelisted, ToolListed, ToolRevised, VoteCast, VoteWithdrawn
from events.ids import NOBODY, tool_subject
from service.commands.refusals import UnknownToolError
from service.commands.votes import CastVote, WithdrawVote
from tests.support.golden import ENTRY, VOTER
from tests.support.rules import decide

LISTED: list[AnyFact] = [ToolListed(**ENTRY, pricing=None)]
DELISTED: list[AnyFact] = [*LISTED, ToolDelisted()]
SHIPPED, SKIPPED, WITHDRAWN = VoteCast(choice="ship"), VoteCast(choice="skip"), VoteWithdrawn()
SHIP = CastVote(tool="gpt-5-mini", account="ann", choice="ship")
SKIP = CastVote(tool="gpt-5-mini", account="ann", choice="skip")
WITHDRAW = WithdrawVote(tool="gpt-5-mini", account="ann")


@pytest.mark.parametrize(
    ("given", "command", "then"),
    [
        pytest.param([], SHIP, [SHIPPED], id="a first vote"),
        pytest.param([SHIPPED], SHIP, [], id="the same vote again"),
        pytest.param([SHIPPED], SKIP, [SKIPPED], id="a change of mind"),
        pytest.param([SHIPPED, SKIPPED], SKIP, [], id="the changed vote again"),
        pytest.param([SHIPPED, SKIPPED], SHIP, [SHIPPED], id="and back"),
        pytest.param([SHIPPED, WITHDRAWN], SHIP, [SHIPPED], id="the same vote after a withdrawal"),
        pytest.param([SHIPPED], WITHDRAW, [WITHDRAWN], id="a withdrawal"),
        pytest.param([SHIPPED, WITHDRAWN], WITHDRAW, [], id="a withdrawal again"),
        pytest.param([], WITHDRAW, [], id="a withdrawal of nothing"),
    ],
)
def test_a_voter_has_one_standing_choice(
    given: list[AnyFact], command: CastVote | WithdrawVote, then: list[AnyFact]
) -> None:
    assert decide(command, given, LISTED) == then


@pytest.mark.parametrize("listing", [[], DELISTED], ids=["never listed", "delisted"])
@pytest.mark.parametrize("command", [SHIP, WITHDRAW], ids=["cast", "withdraw"])
@pytest.mark.parametrize("given", [[], [SHIPPED]], ids=["without a vote", "with a vote"])
def test_a_tool_that_is_not_listed_takes_no_votes(
    command: CastVote | WithdrawVote, listing: list[AnyFact], given: list[AnyFact]
) -> None:
    with pytest.raises(UnknownToolError, match="'gpt-5-mini'"):
        decide(command, given, listing)


@pytest.mark.parametrize(
    "listing",
    [[*LISTED, ToolRevised(**ENTRY, pricing=None)], [*DELISTED, *LISTED]],
    ids=["revised", "relisted"],
)
def test_votes_outlive_a_revision_and_a_relisting(listing: list[AnyFact]) -> None:
    assert decide(SHIP, [SHIPPED], listing) == []
    assert decide(SKIP, [SHIPPED], listing) == [SKIPPED]


def test_a_simulated_vote_says_so() -> None:
    command = CastVote(tool="gpt-5-mini", account="ann", choice="ship", simulated=True)
    assert decide(command, [], LISTED) == [VoteCast(choice="ship", simulated=True)]


def test_a_vote_is_appended_to_the_voters_own_ballot() -> None:
    tool = tool_subject("gpt-5-mini")
    for command in (SHIP, WITHDRAW):
        assert list(command.streams(VOTER)) == [(tool, VOTER), (tool, NOBODY)]
