"""Reviews: given what happened, when an order comes, then these facts or this refusal."""

import pytest
from msgspec.structs import replace

from events.facts import (
    AnyFact,
    PanelistRetired,
    PanelistSeated,
    ReviewRevised,
    ReviewSubmitted,
    ReviewWithdrawn,
    ToolDelisted,
    ToolListed,
)
from events.ids import NOBODY, panelist_actor, panelist_subject, tool_subject
from service.commands.refusals import UnknownPanelistError, UnknownToolError
from service.commands.reviews import WithdrawReview, WriteReview
from tests.support.golden import ENTRY, REVIEW, SEATED
from tests.support.rules import decide

LISTED: list[AnyFact] = [ToolListed(**ENTRY, pricing=None)]
DELISTED: list[AnyFact] = [*LISTED, ToolDelisted()]
SEATED_ADA: list[AnyFact] = [PanelistSeated(**SEATED)]
RETIRED_ADA: list[AnyFact] = [*SEATED_ADA, PanelistRetired()]

SHIP = WriteReview(
    tool="gpt-5-mini",
    panelist="ada",
    verdict="ship",
    headline=REVIEW["headline"],
    body=REVIEW["body"],
)
SKIP = replace(SHIP, verdict="skip")
WITHDRAW = WithdrawReview(tool="gpt-5-mini", panelist="ada")
SUBMITTED, SUBMITTED_SKIP = (
    ReviewSubmitted(**REVIEW, verdict="ship"),
    ReviewSubmitted(**REVIEW, verdict="skip"),
)
REVISED, REVISED_SKIP = ReviewRevised(**REVIEW, verdict="ship"), ReviewRevised(**REVIEW, verdict="skip")
WITHDRAWN = ReviewWithdrawn()


@pytest.mark.parametrize(
    ("given", "command", "then"),
    [
        pytest.param([], SHIP, [SUBMITTED], id="a first review is submitted"),
        pytest.param([SUBMITTED], SHIP, [], id="the same review changes nothing"),
        pytest.param([SUBMITTED], SKIP, [REVISED_SKIP], id="another verdict revises it"),
        pytest.param([SUBMITTED, REVISED_SKIP], SKIP, [], id="the revised review changes nothing"),
        pytest.param([SUBMITTED, REVISED_SKIP], SHIP, [REVISED], id="the first text may come back"),
        pytest.param([SUBMITTED, WITHDRAWN], SHIP, [SUBMITTED], id="after a withdrawal it is submitted"),
        pytest.param([SUBMITTED, WITHDRAWN], SKIP, [SUBMITTED_SKIP], id="or another one is"),
    ],
)
def test_writing_a_review_makes_it_stand(
    given: list[AnyFact], command: WriteReview, then: list[AnyFact]
) -> None:
    assert decide(command, given, LISTED, SEATED_ADA) == then


@pytest.mark.parametrize(
    "changed",
    [replace(SHIP, headline="Ship it!"), replace(SHIP, body="")],
    ids=["another headline", "another body"],
)
def test_any_changed_word_revises_a_review(changed: WriteReview) -> None:
    facts = decide(changed, [SUBMITTED], LISTED, SEATED_ADA)
    assert facts == [replace(REVISED, headline=changed.headline, body=changed.body)]


@pytest.mark.parametrize(
    ("given", "then"),
    [
        pytest.param([], [], id="there is none"),
        pytest.param([SUBMITTED], [WITHDRAWN], id="it stands"),
        pytest.param([SUBMITTED, REVISED_SKIP], [WITHDRAWN], id="it was revised"),
        pytest.param([SUBMITTED, WITHDRAWN], [], id="it was withdrawn already"),
    ],
)
def test_withdrawing_a_review_happens_once(given: list[AnyFact], then: list[AnyFact]) -> None:
    assert decide(WITHDRAW, given, LISTED, SEATED_ADA) == then


@pytest.mark.parametrize("listing", [[], DELISTED], ids=["never listed", "delisted"])
@pytest.mark.parametrize("command", [SHIP, WITHDRAW], ids=["write", "withdraw"])
def test_a_tool_that_is_not_listed_has_no_reviews_to_change(
    command: WriteReview | WithdrawReview, listing: list[AnyFact]
) -> None:
    with pytest.raises(UnknownToolError, match="'gpt-5-mini'"):
        decide(command, [SUBMITTED], listing, SEATED_ADA)


@pytest.mark.parametrize("seat", [[], RETIRED_ADA], ids=["never seated", "retired"])
def test_who_is_not_seated_writes_no_review(seat: list[AnyFact]) -> None:
    with pytest.raises(UnknownPanelistError, match="'ada'"):
        decide(SHIP, [], LISTED, seat)


def test_a_retired_panelists_review_can_be_withdrawn() -> None:
    assert decide(WITHDRAW, [SUBMITTED], LISTED, RETIRED_ADA) == [WITHDRAWN]


def test_a_panelist_who_never_was_has_no_review_to_withdraw() -> None:
    with pytest.raises(UnknownPanelistError, match="'ada'"):
        decide(WITHDRAW, [], LISTED, [])


def test_a_panelist_who_came_back_may_revise() -> None:
    seat: list[AnyFact] = [*RETIRED_ADA, *SEATED_ADA]
    assert decide(SKIP, [SUBMITTED], LISTED, seat) == [REVISED_SKIP]


def test_a_review_is_appended_to_the_panelists_own_stream_on_the_tool() -> None:
    tool = tool_subject("gpt-5-mini")
    wanted = [(tool, panelist_actor("ada")), (tool, NOBODY), (panelist_subject("ada"), NOBODY)]
    assert list(SHIP.streams(None)) == wanted
    assert list(WITHDRAW.streams(None)) == wanted
