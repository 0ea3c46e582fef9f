"""Preferences in a file counted by other means, and what the read model says of them."""

import csv
import gzip
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from events.facts import OVERALL, TIE
from events.log.connection import Connection
from tests.support.llmfao import LLMFAO, Row, standing

Key = tuple[str, str, str]
Wins = tuple[int, int, int]
"""Preferences for the left tool, for the right one, and for neither."""


def overall(rows: Iterable[Row]) -> list[Row]:
    """Leave the context out."""
    return [Row(row.left, row.right, OVERALL, row.voter, row.winner) for row in rows]


def count(rows: Iterable[Row]) -> dict[Key, Wins]:
    """Count by other means: the last row of each voter on each pair in each context."""
    wins = Counter((*sorted((row.left, row.right)), row.context, row.winner) for row in standing(rows))
    return {
        (left, right, context): tuple(wins[left, right, context, winner] for winner in (left, right, TIE))
        for left, right, context, _ in wins
    }  # pyright: ignore[reportReturnType] - a pair has two, and they win, lose or tie


def classify(rows: Iterable[Row]) -> tuple[int, ...]:
    """Count the rows that say something new, something else than before, and the same again."""
    found = Counter[str]()
    said: dict[tuple[frozenset[str], str, str], str] = {}
    for row in rows:
        key = (frozenset((row.left, row.right)), row.context, row.voter)
        before = said.get(key)
        found["new" if before is None else "same" if before == row.winner else "replaced"] += 1
        said[key] = row.winner
    return found["new"], found["replaced"], found["same"]


async def served(connection: Connection) -> dict[Key, Wins]:
    """Read what the read model says of every matchup."""
    found = await connection.fetch(
        "SELECT left_slug, right_slug, context, left_wins, right_wins, ties FROM read.matchups"
    )
    return {
        (row["left_slug"], row["right_slug"], row["context"]): (
            row["left_wins"],
            row["right_wins"],
            row["ties"],
        )
        for row in found
    }


def shuffled(path: Path, rows: Sequence[Row], *, seed: int) -> list[Row]:
    """Write the real file in another order; return its rows in that order, read by other means."""
    with gzip.open(LLMFAO, "rt", encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    places = list(range(len(rows)))
    random.Random(seed).shuffle(places)  # noqa: S311 - no secret
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *(lines[place] for place in places)])
    return [rows[place] for place in places]
