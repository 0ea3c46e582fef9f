"""Writes the verdict of a comparison in one sentence. It names a winner only if the rule does."""

from collections.abc import Mapping, Sequence
from typing import Final, assert_never

from projections.comparison.numbers import join
from projections.criteria import Criterion
from projections.rules.rule import Strength

_WHO: Final[Mapping[Criterion, str]] = {
    "panel": "the panel",
    "community": "the crowd",
    "matchups": "the head-to-head vote",
}


def summarise(strength: Strength, names: Sequence[str], leaders: Mapping[Criterion, int | None]) -> str:
    """Put the verdict into words; `leaders` numbers the tool that leads by each criterion, if any does."""
    leads = [(_WHO[criterion], names[leader]) for criterion, leader in leaders.items() if leader is not None]
    match strength:
        case "clear":
            return f"{leads[0][1]} comes out ahead: {_preferring(leads)}, and no measure speaks for another."
        case "leaning":
            return f"Leaning towards {leads[0][1]}: {_preferring(leads)}, and no other measure decides."
        case "split":
            return f"It depends on whom you ask: {join([f'{who} prefers {name}' for who, name in leads])}."
        case "too close to call":
            what = join(names, word="or") if len(names) == 2 else "one of them"  # noqa: PLR2004 - a pair
            return f"Too close to call: by no measure is {what} surely ahead."
        case "no votes":
            return f"There is nothing yet to compare {join(names)} by."
        case _:
            assert_never(strength)


def _preferring(leads: Sequence[tuple[str, str]]) -> str:
    return f"{join([who for who, _ in leads])} {'prefer' if len(leads) > 1 else 'prefers'} it"
