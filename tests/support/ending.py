"""Leaves no replay going on to other tests of a service."""

from typing import Final

from tests.support.service import Caller, done

REPLAYS: Final = "/v1/replays"
GOING_ON: Final = ("running", "ready")


async def end_replays(caller: Caller) -> None:
    """Cancel every replay that runs or waits to be swapped in."""
    for replay in done(await caller.call("GET", REPLAYS, role="moderator"))["items"]:
        if replay["state"] in GOING_ON:
            await caller.call("POST", f"{REPLAYS}/{replay['id']}/cancel", role="moderator")
