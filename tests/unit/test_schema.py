"""The schema that clients are made from changes where somebody means it to, and nowhere else."""

from tests.support.schema import GOLDEN, normalised, served_schema


def test_the_schema_is_the_one_in_the_golden_file() -> None:
    """Write it anew with `python -m tests.support.schema`; its difference in git is what clients will see."""
    assert normalised(served_schema()) == GOLDEN.read_text()
