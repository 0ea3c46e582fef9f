"""The log's statements, one a file. Each is an attribute, so a missing file fails the import."""

from importlib.resources import files
from typing import Final

_FOLDER: Final = files(__name__)

lock_and_look: Final = _FOLDER.joinpath("lock_and_look.sql").read_text()
share_head: Final = _FOLDER.joinpath("share_head.sql").read_text()
select_head: Final = _FOLDER.joinpath("select_head.sql").read_text()
move_head: Final = _FOLDER.joinpath("move_head.sql").read_text()
select_streams: Final = _FOLDER.joinpath("select_streams.sql").read_text()
select_slug: Final = _FOLDER.joinpath("select_slug.sql").read_text()
select_events: Final = _FOLDER.joinpath("select_events.sql").read_text()
select_described: Final = _FOLDER.joinpath("select_described.sql").read_text()
select_position_before: Final = _FOLDER.joinpath("select_position_before.sql").read_text()
insert_audit: Final = _FOLDER.joinpath("insert_audit.sql").read_text()
select_audit: Final = _FOLDER.joinpath("select_audit.sql").read_text()
select_tool_names: Final = _FOLDER.joinpath("select_tool_names.sql").read_text()
count_replacing: Final = _FOLDER.joinpath("count_replacing.sql").read_text()
select_voters: Final = _FOLDER.joinpath("select_voters.sql").read_text()
insert_voters: Final = _FOLDER.joinpath("insert_voters.sql").read_text()
select_answers: Final = _FOLDER.joinpath("select_answers.sql").read_text()
insert_answers: Final = _FOLDER.joinpath("insert_answers.sql").read_text()
delete_answers: Final = _FOLDER.joinpath("delete_answers.sql").read_text()
select_positions: Final = _FOLDER.joinpath("select_positions.sql").read_text()
select_tool_positions: Final = _FOLDER.joinpath("select_tool_positions.sql").read_text()
select_tool_rulings: Final = _FOLDER.joinpath("select_tool_rulings.sql").read_text()
select_voter_positions: Final = _FOLDER.joinpath("select_voter_positions.sql").read_text()
select_stream: Final = _FOLDER.joinpath("select_stream.sql").read_text()
select_last_ruling: Final = _FOLDER.joinpath("select_last_ruling.sql").read_text()
select_successor: Final = _FOLDER.joinpath("select_successor.sql").read_text()
select_targets_of: Final = _FOLDER.joinpath("select_targets_of.sql").read_text()
select_voter_events: Final = _FOLDER.joinpath("select_voter_events.sql").read_text()
