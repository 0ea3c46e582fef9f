"""Matchups: given what happened, when an order comes, then these facts or this refusal."""

from typing import Any

import pytest

from events.facts import AnyFact, PreferenceCast, PreferenceWithdrawn, ToolDelisted, ToolListed
from events.ids import NOBODY, matchup_subject, tool_subject
from service.commands.matchups import CastPreference, WithdrawPreference, matchup_of
from service.commands.refusals import BadMatchupError, BadWinnerError, UnknownToolError
from tests.support.golden import ENTRY, VOTER
from tests.support.rules import decide

LISTED: list[AnyFact] = [ToolListed(**ENTRY, pricing=None)]
DELISTED: list[AnyFact] = [*LISTED, ToolDelisted()]
IN_CODE: dict[str, Any] = {"left": "gpt-5-mini", "right": "phi-4", "context": "code-review"}
LEFT, RIGHT, TIED = (PreferenceCast(**IN_CODE, winner=winner) for winner in ("gpt-5-mini", "phi-4", "tie"))
WITHDRAWN = PreferenceWithdrawn(**IN_CODE)
MATCHUP = matchup_of("phi-4", "gpt-5-mini", "code-review")
WITHDRAW = WithdrawPreference(matchup=MATCHUP, account="ann")


def prefer(winner: str) -> CastPreference:
    return CastPreference(matchup=MATCHUP, account="ann", winner=winner)


@pytest.mark.parametrize(
    ("given", "command", "then"),
    [
        pytest.param([], prefer("gpt-5-mini"), [LEFT], id="a first preference"),
        pytest.param([], prefer("tie"), [TIED], id="a tie"),
        pytest.param([LEFT], prefer("gpt-5-mini"), [], id="the same again"),
        pytest.param([LEFT], prefer("phi-4"), [RIGHT], id="a change of mind"),
        pytest.param([TIED], prefer("tie"), [], id="a tie again"),
        pytest.param([LEFT, WITHDRAWN], prefer("gpt-5-mini"), [LEFT], id="again after a withdrawal"),
        pytest.param([LEFT], WITHDRAW, [WITHDRAWN], id="a withdrawal"),
        pytest.param([LEFT, WITHDRAWN], WITHDRAW, [], id="a withdrawal again"),
        pytest.param([], WITHDRAW, [], id="a withdrawal of nothing"),
    ],
)
def test_a_voter_has_one_standing_preference(
    given: list[AnyFact], command: CastPreference | WithdrawPreference, then: list[AnyFact]
) -> None:
    assert decide(command, given, LISTED, LISTED) == then


@pytest.mark.parametrize("command", [prefer("tie"), WITHDRAW], ids=["cast", "withdraw"])
@pytest.mark.parametrize("unlisted", [[], DELISTED], ids=["never listed", "delisted"])
def test_both_tools_have_to_be_listed(
    command: CastPreference | WithdrawPreference, unlisted: list[AnyFact]
) -> None:
    with pytest.raises(UnknownToolError, match="'phi-4'"):
        decide(command, [LEFT], LISTED, unlisted)
    with pytest.raises(UnknownToolError, match="'gpt-5-mini'"):
        decide(command, [LEFT], unlisted, LISTED)


def test_the_winner_is_in_the_matchup() -> None:
    with pytest.raises(BadWinnerError, match="'gemma-3-12b'"):
        decide(prefer("gemma-3-12b"), [], LISTED, LISTED)


def test_a_pair_has_no_order() -> None:
    assert matchup_of("phi-4", "gpt-5-mini") == matchup_of("gpt-5-mini", "phi-4")


def test_a_tool_is_not_held_against_itself() -> None:
    with pytest.raises(BadMatchupError, match="named twice"):
        matchup_of("phi-4", "phi-4")


def test_a_tool_that_is_called_tie_has_no_matchups() -> None:
    with pytest.raises(BadMatchupError, match="nobody could tell"):
        matchup_of("tie", "phi-4")


def test_each_context_of_a_pair_has_a_stream_of_its_own() -> None:
    here = prefer("tie").streams(VOTER)
    elsewhere = WithdrawPreference(matchup=matchup_of("gpt-5-mini", "phi-4"), account="ann").streams(None)
    assert here[0] == (matchup_subject(**IN_CODE), VOTER)
    assert elsewhere[0] == (matchup_subject("gpt-5-mini", "phi-4", "overall"), NOBODY)
    entries = ((tool_subject("gpt-5-mini"), NOBODY), (tool_subject("phi-4"), NOBODY))
    assert here[1:] == elsewhere[1:] == entries
