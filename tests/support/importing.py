"""Runs `ostraka import` on servers that run already, and looks at what came of it."""

import csv
import gzip
import random
import subprocess
from collections import Counter
from pathlib import Path

from events.ids import tool_subject
from events.log.connection import Connection
from tests.support.up import OSTRAKA, environment

UN_VOTES = Path(__file__).parents[3] / "shared" / "data" / "un_votes.csv.gz"
UN_OPTIONS = ("--tool", "rcid", "--voter", "country", "--choice", "vote", "--ship", "yes", "--skip", "no")
OPTIONS = ("--tool", "tool", "--voter", "voter", "--choice", "choice", "--ship", "ship", "--skip", "skip")
IMPORT_S_MAX = 300.0

Tally = tuple[int, int]
"""Votes that say ship, and skip."""


def environment_of(database_url: str, valkey_url: str) -> dict[str, str]:
    """Name the servers as an operator would."""
    return environment({"DATABASE_URL": database_url, "REDIS_URL": valkey_url})


def import_votes(env: dict[str, str], *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run `import votes` to its end."""
    return _import(env, "votes", *arguments)


def import_matchups(env: dict[str, str], *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run `import matchups` to its end."""
    return _import(env, "matchups", *arguments)


def _import(env: dict[str, str], *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*OSTRAKA, "import", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=env,
        timeout=IMPORT_S_MAX,
        check=False,
    )


def summary(result: subprocess.CompletedProcess[str]) -> dict[str, int]:
    """Read the numbers of the summary by what they count."""
    lines = [line.split(maxsplit=1) for line in result.stdout.splitlines()]
    return {
        words: int(number.replace(",", "")) for number, words in lines if number.replace(",", "").isdigit()
    }


def count(path: Path, *, without: str | None = None) -> tuple[dict[str, Tally], int]:
    """Count a file in the United Nations' form by other means: tallies by subject, and abstentions.

    The votes of the country `without` are left out of the tallies; its subjects are not.
    """
    last: dict[tuple[str, str], str] = {}
    abstentions = 0
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["vote"] == "abstain":
                abstentions += 1
            else:
                last[row["rcid"], row["country"]] = row["vote"]
    votes = Counter((tool, vote) for (tool, country), vote in last.items() if country != without)
    return {tool: (votes[tool, "yes"], votes[tool, "no"]) for tool, _ in votes}, abstentions


def first_country(path: Path) -> str:
    """Return whose vote such a file begins with."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return next(csv.DictReader(file))["country"]


async def served(connection: Connection, tools: list[str]) -> dict[str, Tally]:
    """Read what the read model says of tools that have a tally."""
    rows = await connection.fetch("SELECT subject_id, ship, skip FROM read.community")
    tallies = {row["subject_id"]: (row["ship"], row["skip"]) for row in rows}
    return {tool: tallies[tool_subject(tool)] for tool in tools if tool_subject(tool) in tallies}


def un_votes(folder: Path) -> Path:
    """Return the real file where it lies beside the repository, else one made in its form."""
    return UN_VOTES if UN_VOTES.exists() else made_votes(folder / "un_votes.csv.gz", roll_calls=1_500)


def made_votes(path: Path, *, roll_calls: int) -> Path:
    """Write a file in the form of the United Nations' votes."""
    dice = random.Random(7)  # noqa: S311 - the same file each time
    countries = [f"Côte d'Ivoire, {number}" for number in range(190)]
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("rcid", "country", "country_code", "vote"))
        for roll_call in range(3, 3 + roll_calls):
            for country in dice.sample(countries, k=dice.randint(50, len(countries))):
                vote = dice.choices(("yes", "abstain", "no"), weights=(80, 13, 7))[0]
                writer.writerow((roll_call, country, "NA", vote))
    return path
