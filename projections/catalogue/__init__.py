"""Tools and panelists as the catalogue lists them."""

from typing import Final

from events.facts import PanelistRetired, PanelistSeated, ToolDelisted, ToolListed, ToolRevised
from projections.model import Folder, ReadModel

_folder: Final = Folder("catalogue")

CATALOGUE: Final = ReadModel(
    name="catalogue",
    number=1,
    tables=_folder.text("tables"),
    steps=(
        _folder.step("fold_tools", (ToolListed, ToolRevised)),
        _folder.step("fold_delistings", (ToolDelisted,)),
        _folder.step("fold_panelists", (PanelistSeated,)),
        _folder.step("fold_retirements", (PanelistRetired,)),
    ),
)
