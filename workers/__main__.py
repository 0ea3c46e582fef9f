"""`python -m workers` runs a worker; with `--check` it tells by its exit code whether one is alive."""

import asyncio
import os
import sys
from typing import Final

import uvloop
from arq.connections import RedisSettings
from arq.worker import async_check_health

from events.jobs import QUEUE
from workers.running import work
from workers.settings import HEALTH_KEY

NEEDED: Final = ("DATABASE_URL", "REDIS_URL")


def main() -> int:
    """Run until a signal ends it, or check and return."""
    missing = [name for name in NEEDED if not os.environ.get(name)]
    if missing:
        sys.stderr.write(f"ostraka: set {' and '.join(missing)} to run a worker\n")
        return 2
    redis_url = os.environ["REDIS_URL"]
    if sys.argv[1:] == ["--check"]:
        return asyncio.run(async_check_health(RedisSettings.from_dsn(redis_url), HEALTH_KEY, QUEUE))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work(database_url=os.environ["DATABASE_URL"], redis_url=redis_url))
    return 0


if __name__ == "__main__":
    sys.exit(main())
