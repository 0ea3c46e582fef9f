"""All rules there are, by name. Which one is current at a position is decided elsewhere."""

from typing import Final

from projections.rules.rule import Rule

RULES: Final = (
    Rule(
        name="2026-11",
        summary="Everything that is said to be so holds at 95 % confidence. A rank takes 5 votes, by the "
        "panel 1 review. A lead takes 5 votes on either tool, with the panel 3 reviews, and head to head "
        "5 preferences that name a winner. A tool's own verdict takes no least number: its interval decides. "
        "A comparison is clear where two criteria favour the same tool and none favours another.",
        reason="95 % is customary, and with fewer than 5 votes one more moves a share by a sixth or more. "
        'Fisher (1925), "Statistical Methods for Research Workers", for the level; Wilson (1927), '
        "Newcombe (1998) and Tango (1998) for the intervals.",
        confidence=0.95,
        z=1.959964,
        ranked_votes_min=5,
        ranked_reviews_min=1,
        lead_votes_min=5,
        lead_reviews_min=3,
        clear_leads_min=2,
    ),
    Rule(
        name="2026-12",
        summary="As 2026-11, but more cautious: everything that is said to be so holds at 99 % confidence, "
        "and a rank or a lead takes 20 votes, a lead with the panel 4 reviews.",
        reason="A site makes many verdicts at once: of a hundred tools that divide the crowd evenly, 95 % "
        "intervals call about five, 99 % intervals one; and four ship votes of four make a verdict at 95 %, "
        "as a tossed coin does one time in eight, where 99 % wants seven. At 20 votes one more moves a share "
        'by less than a twentieth. Benjamini and Hochberg (1995), "Controlling the false discovery rate", '
        "JRSS B 57(1), 289-300, on many verdicts at once.",
        confidence=0.99,
        z=2.575829,
        ranked_votes_min=20,
        ranked_reviews_min=1,
        lead_votes_min=20,
        lead_reviews_min=4,
        clear_leads_min=2,
    ),
    Rule(
        name="2026-11-open",
        summary="As 2026-11, at 95 % confidence and from 5 votes on, but votes and preferences of people "
        "without an account count as well.",
        reason="For sites whose readers seldom sign in. A browser stands for a voter then, and one person "
        "may have several, so take this where little is to be gained by it.",
        confidence=0.95,
        z=1.959964,
        ranked_votes_min=5,
        ranked_reviews_min=1,
        lead_votes_min=5,
        lead_reviews_min=3,
        clear_leads_min=2,
        counts_anonymous=True,
    ),
)
"""Every rule, the oldest first."""

FIRST: Final = RULES[0]
"""The current rule before any was adopted."""

_BY_NAME: Final = {rule.name: rule for rule in RULES}


class RuleNotFoundError(LookupError):
    """There is no rule of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no rule {name[:80]!r}, only {', '.join(_BY_NAME)}.")


def rule_named(name: str) -> Rule:
    """Return a rule by its name.

    Raises:
        RuleNotFoundError: there is none. Names come from outside, so say so to whoever asked.
    """
    try:
        return _BY_NAME[name]
    except KeyError:
        raise RuleNotFoundError(name) from None
