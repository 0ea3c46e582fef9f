"""Tools and panelists: given what happened, when an order comes, then these facts or this refusal."""

import pytest
from msgspec.structs import replace

from events.facts import (
    AnyFact,
    PanelistEntry,
    PanelistRetired,
    PanelistSeated,
    Pricing,
    ToolDelisted,
    ToolEntry,
    ToolListed,
    ToolRevised,
)
from events.ids import NOBODY, panelist_subject, tool_subject
from service.commands.catalogue import DelistTool, EnsureTool, ListTool, RetirePanelist, SeatPanelist
from service.commands.refusals import UnknownPanelistError, UnknownToolError
from tests.support.golden import ENTRY, SEATED
from tests.support.rules import decide

PAID, FREE = Pricing(model="paid", entry="$5"), Pricing(model="free")
DEAR, CHEAP = ToolEntry(**ENTRY, pricing=PAID), ToolEntry(**ENTRY, pricing=FREE)
LISTED, LISTED_CHEAP = ToolListed(**ENTRY, pricing=PAID), ToolListed(**ENTRY, pricing=FREE)
REVISED, REVISED_CHEAP = ToolRevised(**ENTRY, pricing=PAID), ToolRevised(**ENTRY, pricing=FREE)
DELISTED = ToolDelisted()

ADA = PanelistEntry(**SEATED)
SAT, RETIRED = PanelistSeated(**SEATED), PanelistRetired()


@pytest.mark.parametrize(
    ("given", "entry", "then"),
    [
        pytest.param([], DEAR, [LISTED], id="a new tool is listed"),
        pytest.param([LISTED], DEAR, [], id="the same entry changes nothing"),
        pytest.param([LISTED], CHEAP, [REVISED_CHEAP], id="another entry revises it"),
        pytest.param([LISTED, REVISED_CHEAP], CHEAP, [], id="the revised entry changes nothing"),
        pytest.param([LISTED, REVISED_CHEAP], DEAR, [REVISED], id="the first entry may come back"),
        pytest.param([LISTED, DELISTED], DEAR, [LISTED], id="a delisted tool is listed again"),
        pytest.param([LISTED, DELISTED], CHEAP, [LISTED_CHEAP], id="a delisted tool comes back changed"),
        pytest.param([LISTED, DELISTED, LISTED], DEAR, [], id="the same entry of a relisted tool"),
        pytest.param([DELISTED], DEAR, [LISTED], id="a stream that starts with a delisting"),
    ],
)
def test_listing_a_tool_makes_its_entry_stand(
    given: list[AnyFact], entry: ToolEntry, then: list[AnyFact]
) -> None:
    assert decide(ListTool(entry), given) == then


@pytest.mark.parametrize(
    ("given", "then"),
    [
        pytest.param([], [LISTED_CHEAP], id="a new tool is listed"),
        pytest.param([LISTED], [], id="a listed tool keeps its entry"),
        pytest.param([LISTED, REVISED], [], id="a revised tool keeps its entry"),
        pytest.param([LISTED, DELISTED], [LISTED_CHEAP], id="a delisted tool is listed again"),
    ],
)
def test_ensuring_a_tool_never_touches_a_listed_entry(given: list[AnyFact], then: list[AnyFact]) -> None:
    assert decide(EnsureTool(CHEAP), given) == then


@pytest.mark.parametrize(
    ("given", "then"),
    [
        pytest.param([LISTED], [DELISTED], id="a listed tool"),
        pytest.param([LISTED, REVISED], [DELISTED], id="a revised tool"),
        pytest.param([LISTED, DELISTED], [], id="a delisted tool"),
        pytest.param([LISTED, DELISTED, LISTED], [DELISTED], id="a relisted tool"),
    ],
)
def test_delisting_a_tool_takes_it_out_once(given: list[AnyFact], then: list[AnyFact]) -> None:
    assert decide(DelistTool("gpt-5-mini"), given) == then


def test_delisting_a_tool_that_never_was_is_refused() -> None:
    with pytest.raises(UnknownToolError, match="'hammer'"):
        decide(DelistTool("hammer"), [])


@pytest.mark.parametrize(
    ("given", "entry", "then"),
    [
        pytest.param([], ADA, [SAT], id="a new panelist"),
        pytest.param([SAT], ADA, [], id="the same entry"),
        pytest.param([SAT], replace(ADA, lens="skeptic"), [replace(SAT, lens="skeptic")], id="another lens"),
        pytest.param([SAT, RETIRED], ADA, [SAT], id="a retired panelist comes back"),
        pytest.param([SAT, RETIRED, SAT], ADA, [], id="the same entry after coming back"),
    ],
)
def test_seating_a_panelist_makes_their_entry_stand(
    given: list[AnyFact], entry: PanelistEntry, then: list[AnyFact]
) -> None:
    assert decide(SeatPanelist(entry), given) == then


@pytest.mark.parametrize(
    ("given", "then"),
    [
        pytest.param([SAT], [RETIRED], id="a seated panelist"),
        pytest.param([SAT, RETIRED], [], id="a retired panelist"),
        pytest.param([SAT, RETIRED, SAT], [RETIRED], id="a panelist who came back"),
    ],
)
def test_retiring_a_panelist_happens_once(given: list[AnyFact], then: list[AnyFact]) -> None:
    assert decide(RetirePanelist("ada"), given) == then


def test_retiring_a_panelist_who_never_sat_is_refused() -> None:
    with pytest.raises(UnknownPanelistError, match="'ada'"):
        decide(RetirePanelist("ada"), [])


def test_orders_about_one_entry_need_its_stream_alone() -> None:
    tool = [(tool_subject("gpt-5-mini"), NOBODY)]
    for command in (ListTool(DEAR), EnsureTool(DEAR), DelistTool("gpt-5-mini")):
        assert list(command.streams(None)) == tool
    for command in (SeatPanelist(ADA), RetirePanelist("ada")):
        assert list(command.streams(None)) == [(panelist_subject("ada"), NOBODY)]
