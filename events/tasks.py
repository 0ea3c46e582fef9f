"""Ends background tasks reliably."""

import asyncio
from typing import Any, Final

AGAIN_S: Final = 0.2


async def end(*tasks: "asyncio.Task[Any]") -> None:
    """Cancel tasks and wait until they have ended, whatever they raise.

    One cancellation may get lost: redis-py has been seen to go on reading after it. So the tasks are
    cancelled repeatedly.
    """
    pending = set(tasks)
    while pending:
        for task in pending:
            task.cancel()
        ended, pending = await asyncio.wait(pending, timeout=AGAIN_S)
        for task in ended:
            if not task.cancelled():
                task.exception()  # marks the exception as retrieved
