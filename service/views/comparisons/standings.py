"""The verdict of a comparison in words: who leads by which criterion and why, and how fragile that is."""

from typing import Final

from msgspec import Struct

from projections.comparison.numbers import count
from projections.comparison.shapes import CriterionStanding
from projections.criteria import Criterion
from projections.rules.rule import Strength
from service.reads.comparisons import Compared

STRENGTHS: Final[dict[Strength, str]] = {"clear": "Clear", "leaning": "Leaning", "split": "Divided"}
"""The strength in a word; the summaries of the other strengths begin with it."""

HEADINGS: Final[dict[Criterion, str]] = {
    "panel": "The panel",
    "community": "The crowd",
    "matchups": "Head to head",
}
VOTES: Final[dict[Criterion, str]] = {"panel": "review", "community": "vote", "matchups": "preference"}
TONES: Final[dict[Criterion, str]] = {"panel": "panel", "community": "crowd", "matchups": "head-to-head"}
"""The classes that the style sheet colours."""


class StandingView(Struct, frozen=True, kw_only=True):
    """The leader by one criterion.

    Attributes:
        tone: A class of the style sheet.
        said: "X leads", "Too close to call" or "No votes yet".
        leads: Whether a tool leads.
        fragility: How few votes end the lead, in words; None where no tool leads.
    """

    tone: str
    heading: str
    said: str
    leads: bool
    reason: str
    fragility: str | None


class VerdictView(Struct, frozen=True, kw_only=True):
    """The verdict that the criteria make.

    Attributes:
        kind: The strength as a class of the style sheet.
        fragility: How few votes change the verdict, in words; None without any votes.
    """

    kind: str
    strength: str | None
    summary: str
    fragility: str | None
    standings: list[StandingView]


def verdict_view(found: Compared) -> VerdictView:
    """Put a comparison's verdict into words."""
    comparison, verdict = found.comparison, found.comparison.verdict
    names = {tool.slug: tool.name for tool in found.tools}
    by_criterion: dict[Criterion, CriterionStanding] = {
        "panel": comparison.panel,
        "community": comparison.crowd,
        "matchups": comparison.head_to_head,
    }
    return VerdictView(
        kind=verdict.strength.replace(" ", "-"),
        strength=STRENGTHS.get(verdict.strength),
        summary=verdict.summary,
        fragility=_fewer(verdict.fragility, "vote or review", "change this verdict"),
        standings=[_standing(criterion, each, names) for criterion, each in by_criterion.items()],
    )


def _standing(criterion: Criterion, standing: CriterionStanding, names: dict[str, str]) -> StandingView:
    if standing.leader is not None:
        said = f"{names[standing.leader]} leads"
    else:
        said = "No votes yet" if standing.standing == "no votes" else "Too close to call"
    return StandingView(
        tone=TONES[criterion],
        heading=HEADINGS[criterion],
        said=said,
        leads=standing.leader is not None,
        reason=standing.reason,
        fragility=_fewer(standing.fragility, VOTES[criterion], "end this lead"),
    )


def _fewer(fragility: int | None, one: str, change: str) -> str | None:
    if fragility is None:
        return None
    taken = count(fragility, one).replace("vote or reviews", "votes or reviews")
    return f"It would take {taken} fewer to {change}."
