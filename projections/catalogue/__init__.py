"""The read model of the catalogue: tools and panelists as they are listed.

- `queries`  reads tools and panelists, as they are or as they were
- `finding`  finds tools by category, by words and by slug
"""

from typing import Final

from events.facts import PanelistRetired, PanelistSeated, ToolDelisted, ToolListed, ToolRevised
from projections.model import Folder, ReadModel

_folder: Final = Folder("catalogue")

CATALOGUE: Final = ReadModel(
    name="catalogue",
    number=1,
    tables=("tools", "panelists"),
    create=_folder.text("tables"),
    steps=(
        _folder.step("fold_tools", (ToolListed, ToolRevised)),
        _folder.step("fold_delistings", (ToolDelisted,)),
        _folder.step("fold_panelists", (PanelistSeated,)),
        _folder.step("fold_retirements", (PanelistRetired,)),
    ),
)
