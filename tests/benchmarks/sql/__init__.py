"""The benchmarks' statements, one a file. Each is an attribute, so a missing file fails the import."""

from importlib.resources import files
from typing import Final

_FOLDER: Final = files(__name__)

number_voters: Final = _FOLDER.joinpath("number_voters.sql").read_text()
create_tools: Final = _FOLDER.joinpath("create_tools.sql").read_text()
number_tools: Final = _FOLDER.joinpath("number_tools.sql").read_text()
insert_votes: Final = _FOLDER.joinpath("insert_votes.sql").read_text()
move_head: Final = _FOLDER.joinpath("move_head.sql").read_text()
