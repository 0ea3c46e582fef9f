"""The preview's statements, one a file. Each is an attribute, so a missing file fails the import."""

from importlib.resources import files
from typing import Final

_FOLDER: Final = files(__name__)

create_found: Final = _FOLDER.joinpath("create_found.sql").read_text()
select_found: Final = _FOLDER.joinpath("select_found.sql").read_text()
create_targets: Final = _FOLDER.joinpath("create_targets.sql").read_text()
create_said: Final = _FOLDER.joinpath("create_said.sql").read_text()
select_effects: Final = _FOLDER.joinpath("select_effects.sql").read_text()
select_exclusions: Final = _FOLDER.joinpath("select_exclusions.sql").read_text()
select_tools: Final = _FOLDER.joinpath("select_tools.sql").read_text()
select_matchups: Final = _FOLDER.joinpath("select_matchups.sql").read_text()
select_tallies: Final = _FOLDER.joinpath("select_tallies.sql").read_text()
select_weeks: Final = _FOLDER.joinpath("select_weeks.sql").read_text()
