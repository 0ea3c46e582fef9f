"""Ratings: refits of all tools beside evalica alone, and how often intervals hold the true strengths."""

from functools import cache
from itertools import product
from statistics import median
from typing import Final, get_args

from msgspec.structs import replace

from projections.install import migrate
from tests.benchmarks.figures import Figure, Setting
from tests.benchmarks.refit import Library, Refit, Refitted, fill, refit
from tests.benchmarks.servers import Machine, owner
from tests.support.database import admin_connection, url_of
from tests.support.ratings_coverage import Coverage, cover

TOOLS: Final = 500
PREFERENCES: Final = 1_000_000
REPEATS: Final = 3
TOOLS_QUICK: Final = 20
PREFERENCES_QUICK: Final = 2_000

GOAL: Final = 1.5
EVALICA: Final = "evalica alone, strengths without intervals"

SEED: Final = 2026
MATCHUPS: Final = (30, 300, 3_000)
TIES: Final = (0.0, 0.6)
ROUNDS: Final = {2: 2_500, 5: 1_500, 20: 500}
"""Simulations by the number of tools; each has as many intervals as tools."""

ROUNDS_QUICK: Final = 10
POINTS_OFF_MAX: Final = 2.0
"""So that 95 % intervals hold the truth 93 to 97 % of the time."""

MATCHUPS_EACH_MIN: Final = 10
"""With fewer for each tool most are in no group with all others, and nothing is promised."""


async def measure(machine: Machine, setting: Setting) -> list[Figure]:
    """Measure fitting. How many events there are makes no difference."""
    return [*await measure_refits(machine, setting), *measure_coverage(setting)]


async def measure_refits(machine: Machine, setting: Setting) -> list[Figure]:
    """Measure time and memory of refits: counts in memory, Postgres and back, and evalica, in turn."""
    asked = {library: _asked(library, setting) for library in get_args(Library)}
    url = await _fill(machine, asked["stored"])
    asked["stored"] = replace(asked["stored"], database_url=url)
    taken: dict[Library, list[Refitted]] = {library: [] for library in asked}
    for _ in range(setting.rounds):
        for library, each in asked.items():
            taken[library].append(await refit(each))
    tools = asked["evalica"].tools
    return [
        *_refit_figures(f"refit of {tools} tools", taken["ratings"], taken["evalica"], setting),
        *_refit_figures(
            f"refit of {tools} tools, from Postgres and back", taken["stored"], taken["evalica"], setting
        ),
    ]


async def _fill(machine: Machine, asked: Refit) -> str:
    """Create a database that holds the outcomes, unless it is there; return its URL."""
    name = f"outcomes_{asked.tools}_{asked.preferences}"
    url = url_of(machine.server_url, name)
    async with admin_connection(machine.server_url) as connection:
        if await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", name):
            return url
        await connection.execute(f"CREATE DATABASE {name}")
    await migrate(url)
    async with owner(url) as connection:
        await fill(connection, tools=asked.tools, preferences=asked.preferences)
    return url


def _refit_figures(name: str, ours: list[Refitted], theirs: list[Refitted], setting: Setting) -> list[Figure]:
    def figure(of: str, unit: str, values: list[float], limits: list[float]) -> Figure:
        return Figure(
            group="ratings",
            name=f"{name}: {of}",
            events=setting.events,
            value=median(values),
            unit=unit,
            limit=median(limits),
            limit_name=EVALICA,
            goal=GOAL,
            lower_is_better=True,
        )

    return [
        figure(
            "time", "ms", [1_000 * each.seconds for each in ours], [1_000 * each.seconds for each in theirs]
        ),
        figure("memory", "MiB", [each.peak_mib for each in ours], [each.peak_mib for each in theirs]),
    ]


def _asked(library: Library, setting: Setting) -> Refit:
    if setting.rounds > 1:
        return Refit(library=library, tools=TOOLS, preferences=PREFERENCES, repeats=REPEATS)
    return Refit(library=library, tools=TOOLS_QUICK, preferences=PREFERENCES_QUICK, repeats=1)


def measure_coverage(setting: Setting) -> list[Figure]:
    """Simulate matchups of known strengths, as `tests.support.ratings_coverage` describes."""
    figures: list[Figure] = []
    for tools, tie, matchups in product(ROUNDS, TIES, MATCHUPS):
        rounds = ROUNDS[tools] if setting.rounds > 1 else ROUNDS_QUICK
        found = _cover(tools, matchups, tie, rounds)
        promised = 2 * matchups >= MATCHUPS_EACH_MIN * tools
        ties = f"{100 * tie:.0f} % ties" if tie else "no ties"
        name = f"interval of a rating, {tools} tools, {matchups:,} votes, {ties}"
        figures.append(_figure(setting, f"{name}: holds the truth", 100 * found.scores, "%"))
        figures.append(
            Figure(
                group="ratings",
                name=f"{name}: off 95 % by",
                events=setting.events,
                value=abs(100 * found.scores - 95),
                unit="points",
                limit=POINTS_OFF_MAX,
                limit_name="fixed",
                goal=1.0,
                lower_is_better=True,
            )
            if promised
            else _figure(setting, f"{name}: tools without any bound", 100 * found.unbounded, "%")
        )
    return figures


@cache
def _cover(tools: int, matchups: int, tie: float, rounds: int) -> Coverage:
    return cover(tools=tools, matchups=matchups, tie=tie, rounds=rounds, seed=SEED)


def _figure(setting: Setting, name: str, value: float, unit: str) -> Figure:
    return Figure(group="ratings", name=name, events=setting.events, value=value, unit=unit)
