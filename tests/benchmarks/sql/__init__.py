"""The benchmarks' statements, one a file. Each is an attribute, so a missing file fails the import."""

from importlib.resources import files
from typing import Final

_FOLDER: Final = files(__name__)

forget_checkpoints: Final = _FOLDER.joinpath("forget_checkpoints.sql").read_text()
tally_distinct: Final = _FOLDER.joinpath("tally_distinct.sql").read_text()
tally_latest: Final = _FOLDER.joinpath("tally_latest.sql").read_text()
tally_differences: Final = _FOLDER.joinpath("tally_differences.sql").read_text()
slice_differences: Final = _FOLDER.joinpath("slice_differences.sql").read_text()
build_slices: Final = _FOLDER.joinpath("build_slices.sql").read_text()
select_last_position: Final = _FOLDER.joinpath("select_last_position.sql").read_text()
select_wal_position: Final = _FOLDER.joinpath("select_wal_position.sql").read_text()
select_after: Final = _FOLDER.joinpath("select_after.sql").read_text()
count_after: Final = _FOLDER.joinpath("count_after.sql").read_text()
select_sizes: Final = _FOLDER.joinpath("select_sizes.sql").read_text()
number_voters: Final = _FOLDER.joinpath("number_voters.sql").read_text()
create_tools: Final = _FOLDER.joinpath("create_tools.sql").read_text()
number_tools: Final = _FOLDER.joinpath("number_tools.sql").read_text()
insert_votes: Final = _FOLDER.joinpath("insert_votes.sql").read_text()
move_head: Final = _FOLDER.joinpath("move_head.sql").read_text()
count_first_tool: Final = _FOLDER.joinpath("count_first_tool.sql").read_text()
tally_first_tool: Final = _FOLDER.joinpath("tally_first_tool.sql").read_text()
insert_history: Final = _FOLDER.joinpath("insert_history.sql").read_text()
sum_history: Final = _FOLDER.joinpath("sum_history.sql").read_text()
sum_weeks: Final = _FOLDER.joinpath("sum_weeks.sql").read_text()
