"""Moderators over preferences: listed with votes, retracted with votes, previewed, reverted."""

from typing import Any
from uuid import UUID

import pytest
from msgspec import Struct

from tests.support.service import Caller, done, fresh

BATCHES = "/v1/moderation/batches"

Numbers = tuple[int, int, int, dict[str, int]]
"""Wins of left and right, ties, and preferences excluded by reason."""

NOTHING: Numbers = (0, 0, 0, {})


class Scene(Struct, frozen=True):
    """Three tools in alphabetical order, two voters, and where the preferences and votes of each stand."""

    a: str
    b: str
    c: str
    ann: str
    ben: str
    positions: list[int]


async def scene(caller: Caller) -> Scene:
    """Let two voters prefer and vote, and change their minds."""
    a, b, c = fresh("a"), fresh("b"), fresh("c")
    for tool in (a, b, c):
        await caller.list_tool(tool)
    ann, ben = fresh("ann"), fresh("ben")
    said = [
        await caller.prefer(a, b, ann, b),
        await caller.prefer(a, b, ann, a),
        await caller.prefer(a, b, ben, "tie"),
        await caller.prefer(a, b, ann, b, "code-review"),
        await caller.prefer(b, c, ben, c),
        await caller.prefer(b, c, ben, None),
        await caller.vote(a, ann, "ship"),
    ]
    return Scene(a, b, c, ann, ben, [each["position"] for each in said])


async def events(caller: Caller, **asked: object) -> list[dict[str, Any]]:
    """Read events as a moderator."""
    return done(await caller.call("GET", "/v1/events", role="moderator", params=asked))["items"]


async def pseudonym(caller: Caller, position: int) -> UUID:
    """Return the voter of an event."""
    [event] = await events(caller, after=position - 1, limit=1)
    return UUID(event["voter"])


async def numbers(caller: Caller, pair: tuple[str, str], after: int) -> dict[str, Numbers]:
    """Read a pair's matchups by context."""
    document = await caller.matchup(*pair, after=after)
    return {
        each["context"]: (
            each["left_wins"],
            each["right_wins"],
            each["ties"],
            each["excluded"]["by_reason"],
        )
        for each in document["contexts"]
    }


async def test_events_show_preferences_with_voter_pair_and_standing(caller: Caller) -> None:
    on = await scene(caller)
    first, second, tie, review, other, withdrawn, vote = on.positions
    listed, *found = await events(caller, tool=on.b)
    assert listed["type"] == "ToolListed"
    assert [event["position"] for event in found] == [first, second, tie, review, other, withdrawn]
    assert found[0] | {"recorded_at": None} == {
        "position": first,
        "type": "PreferenceCast",
        "tool": None,
        "voter": found[1]["voter"],
        "recorded_at": None,
        "data": {"left": on.a, "right": on.b, "context": "overall", "winner": on.b},
        "standing": "superseded",
    }
    assert [event["standing"] for event in found[1:]] == [
        *("counts", "counts", "counts"),
        *("superseded", "counts"),
    ]
    assert (found[3]["data"]["context"], found[5]["type"]) == ("code-review", "PreferenceWithdrawn")
    assert found[5]["data"] == {"left": on.b, "right": on.c, "context": "overall"}
    ann, ben = found[1]["voter"], found[2]["voter"]
    asked: list[tuple[dict[str, str], list[int]]] = [
        ({"tool": on.a, "type": "PreferenceCast"}, [first, second, tie, review]),
        ({"tool": on.c, "type": "PreferenceWithdrawn"}, [withdrawn]),
        ({"voter": ann}, [first, second, review, vote]),
        ({"voter": ann, "type": "PreferenceCast"}, [first, second, review]),
        ({"voter": ben, "tool": on.a}, [tie]),
        ({"voter": ben, "tool": on.c}, [other, withdrawn]),
    ]
    for wanted, positions in asked:
        assert [event["position"] for event in await events(caller, **wanted)] == positions, wanted


async def test_rulings_on_a_preference_are_listed_with_both_of_its_tools(caller: Caller) -> None:
    on = await scene(caller)
    target = on.positions[1]
    order = {"action": "retract", "select": {"positions": [target]}, "reason": "fraud", "note": "Same words"}
    batch = (await caller.call("POST", BATCHES, role="moderator", json=order)).json()
    for tool in (on.a, on.b):
        [ruling] = await events(caller, tool=tool, type="EventRetracted")
        assert (ruling["tool"], ruling["voter"], ruling["standing"]) == (None, None, "counts")
        assert ruling["data"] == {
            "target": target,
            "batch": batch["id"],
            "reason": "fraud",
            "note": "Same words",
        }
        assert await events(caller, tool=tool, batch=batch["id"]) == [ruling]
    assert await events(caller, tool=on.c, type="EventRetracted") == []
    [retracted] = await events(caller, after=target - 1, limit=1)
    assert retracted["standing"] == "retracted"
    own = await caller.call("GET", f"/v1/matchups/{on.a}/{on.b}/vote", role="voter", subject=on.ann)
    assert done(own)["winner"] == on.b  # the preference before the retracted one counts again


def selected(on: Scene, ann: UUID) -> dict[str, tuple[dict[str, Any], list[int]]]:
    """Spell selections of each kind, and the positions that each is about."""
    first, second, tie, review, other, withdrawn, vote = on.positions
    return {
        "positions": ({"positions": [second, withdrawn]}, [second, withdrawn]),
        "tool": ({"tool": on.b}, [first, second, tie, review, other, withdrawn]),
        "voter": ({"voter": str(ann)}, [first, second, review, vote]),
        "type": (
            {"type": "PreferenceCast", "after_position": first - 1, "before_position": vote},
            [first, second, tie, review, other],
        ),
        "tool and type": ({"tool": on.c, "type": "PreferenceWithdrawn"}, [withdrawn]),
    }


@pytest.mark.parametrize("kind", ["positions", "tool", "voter", "type", "tool and type"])
async def test_a_batch_does_to_matchups_what_its_preview_said_and_its_revert_undoes_it(
    caller: Caller, kind: str
) -> None:
    on = await scene(caller)
    pairs = ((on.a, on.b), (on.b, on.c))
    select, positions = selected(on, await pseudonym(caller, on.positions[0]))[kind]
    order: dict[str, Any] = {"action": "retract", "select": select, "reason": "fraud"}
    before = {pair: await numbers(caller, pair, on.positions[-1]) for pair in pairs}
    preview = done(await caller.call("POST", BATCHES, role="moderator", json={**order, "dry_run": True}))
    answer = await caller.call("POST", BATCHES, role="moderator", json=order)
    batch = answer.json()
    assert (answer.status_code, batch["matched"], batch["applied"]) == (201, len(positions), len(positions))
    assert preview["matched"] == len(positions)
    [*_, last] = await events(caller, batch=batch["id"])
    after = {pair: await numbers(caller, pair, last["position"]) for pair in pairs}
    for pair in pairs:
        assert after[pair] == told(preview, pair, before[pair])
    assert before != after
    undone = await caller.call("POST", f"{BATCHES}/{batch['id']}/revert", role="moderator")
    [*_, last] = await events(caller, batch=undone.json()["id"])
    assert {pair: await numbers(caller, pair, last["position"]) for pair in pairs} == before


def told(preview: dict[str, Any], pair: tuple[str, str], before: dict[str, Numbers]) -> dict[str, Numbers]:
    """Return what a pair's matchups would be by a preview, which has to know what they are."""
    found = dict(before)
    for effect in preview["matchups"]:
        if (effect["left"], effect["right"]) == pair:
            now, then = (
                (each["left_wins"], each["right_wins"], each["ties"], each["excluded"])
                for each in (effect["before"], effect["after"])
            )
            assert now == before.get(effect["context"], NOTHING)
            found[effect["context"]] = then
    return found


async def test_a_preview_leaves_everything_as_it_is(caller: Caller) -> None:
    on = await scene(caller)
    before = await caller.matchup(on.a, on.b, after=on.positions[-1])
    order = {"action": "retract", "select": {"tool": on.a}, "reason": "spam", "dry_run": True}
    preview = done(await caller.call("POST", BATCHES, role="moderator", json=order))
    assert [effect["context"] for effect in preview["matchups"]] == ["overall", "code-review"]
    assert [effect["rulings"] for effect in preview["matchups"]] == [3, 1]
    assert {**await caller.matchup(on.a, on.b), "position": 0} == {**before, "position": 0}
