"""How often intervals hold the truth, simulated at full size and averaged as in `tests.support.coverage`."""

from typing import Final

from projections.rules.registry import RULES
from tests.benchmarks.figures import Figure, Setting
from tests.benchmarks.servers import Machine
from tests.support.coverage import difference_coverage, preference_coverage, share_coverage

VOTES: Final = (30, 300, 3_000)
DRAWS: Final = 3_000
DRAWS_QUICK: Final = 20
POINTS_OFF_MAX: Final = 2.0
"""So that 95 % intervals hold the truth 93 to 97 % of the time."""

SEED: Final = 2026

INTERVALS: Final = {
    "a share": share_coverage,
    "a difference of shares": difference_coverage,
    "a head-to-head share with ties": preference_coverage,
}


async def measure(_: Machine, setting: Setting) -> list[Figure]:
    """Simulate votes under the first rule. How many events there are makes no difference."""
    rule = RULES[0]
    draws = DRAWS if setting.rounds > 1 else DRAWS_QUICK
    figures: list[Figure] = []
    for name, cover in INTERVALS.items():
        for votes in VOTES:
            coverage = 100 * cover(rule, votes=votes, draws=draws, seed=SEED)
            interval = f"interval of {name}, {votes:,} votes"
            figures += [
                Figure(
                    group="coverage",
                    name=f"{interval}: holds the truth",
                    events=setting.events,
                    value=coverage,
                    unit="%",
                ),
                Figure(
                    group="coverage",
                    name=f"{interval}: off {100 * rule.confidence:.0f} % by",
                    events=setting.events,
                    value=abs(coverage - 100 * rule.confidence),
                    unit="points",
                    limit=POINTS_OFF_MAX,
                    limit_name="fixed",
                    goal=1.0,
                    lower_is_better=True,
                ),
            ]
    return figures
