"""The criteria that tools are ranked and compared by."""

from typing import Literal

ShareCriterion = Literal["community", "panel"]
"""The criteria that look at each tool alone: the crowd's votes on it, or the panel's reviews of it."""

Criterion = Literal[ShareCriterion, "matchups"]
"""A criterion of shares, or the crowd's preferences between two tools."""
