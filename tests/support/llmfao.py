"""Real preferences: 8,931 human votes between 59 language models (dustalov/llmfao, CC BY 4.0)."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct
from slugify import slugify

from events.facts import TIE

LLMFAO = Path(__file__).parents[3] / "shared" / "data" / "llmfao_crowd_comparisons.csv.gz"


class Row(Struct, frozen=True):
    """One row: who was shown, in which context, to whom, and the slug that won, or a tie."""

    left: str
    right: str
    context: str
    voter: str
    winner: str


def read_rows() -> list[Row]:
    """Read the file in its own order."""
    with gzip.open(LLMFAO, "rt", encoding="utf-8", newline="") as file:
        return [
            Row(
                slugify(row["left"]),
                slugify(row["right"]),
                row["prompt"],
                row["worker"],
                TIE if row["winner"] == TIE else slugify(row[row["winner"]]),
            )
            for row in csv.DictReader(file)
        ]


def standing(rows: Iterable[Row]) -> list[Row]:
    """Keep the last row of each voter on a pair in a context, whichever tool stood on the left."""
    return list({(frozenset((row.left, row.right)), row.context, row.voter): row for row in rows}.values())


def outcomes(rows: Iterable[Row]) -> Counter[tuple[str, str, str]]:
    """Count who won: by the pair in alphabetical order and the winner."""
    return Counter((*sorted((row.left, row.right)), row.winner) for row in rows)  # pyright: ignore[reportReturnType] - a pair has two


def models(rows: Sequence[Row]) -> list[str]:
    """Name all tools, in alphabetical order."""
    return sorted({slug for row in rows for slug in (row.left, row.right)})
