"""Tools and panelists as the catalogue lists them."""

from typing import Final

from events.facts import PanelistRetired, PanelistSeated, ToolDelisted, ToolListed, ToolRevised
from projections.model import define

CATALOGUE: Final = define(
    "catalogue",
    number=1,
    types=(ToolListed, ToolRevised, ToolDelisted, PanelistSeated, PanelistRetired),
    folds=("fold_tools", "fold_delistings", "fold_panelists", "fold_retirements"),
)
