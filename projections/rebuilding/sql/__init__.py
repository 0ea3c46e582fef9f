"""The statements of replays, one a file. Each is an attribute, so a missing file fails the import.

Those with a name in braces are told by `format` which table or schema they are about, for neither can be a
parameter.
"""

from importlib.resources import files
from typing import Final

_FOLDER: Final = files(__name__)

analyze_table: Final = _FOLDER.joinpath("analyze_table.sql").read_text()
begin_replay: Final = _FOLDER.joinpath("begin_replay.sql").read_text()
cancel_replay: Final = _FOLDER.joinpath("cancel_replay.sql").read_text()
carry_quarantine: Final = _FOLDER.joinpath("carry_quarantine.sql").read_text()
create_schema: Final = _FOLDER.joinpath("create_schema.sql").read_text()
drop_schema: Final = _FOLDER.joinpath("drop_schema.sql").read_text()
drop_tables: Final = _FOLDER.joinpath("drop_tables.sql").read_text()
end_replay: Final = _FOLDER.joinpath("end_replay.sql").read_text()
hold_model: Final = _FOLDER.joinpath("hold_model.sql").read_text()
insert_replay: Final = _FOLDER.joinpath("insert_replay.sql").read_text()
lock_orders: Final = _FOLDER.joinpath("lock_orders.sql").read_text()
move_replay: Final = _FOLDER.joinpath("move_replay.sql").read_text()
move_table: Final = _FOLDER.joinpath("move_table.sql").read_text()
note_difference: Final = _FOLDER.joinpath("note_difference.sql").read_text()
order_swap: Final = _FOLDER.joinpath("order_swap.sql").read_text()
release_model: Final = _FOLDER.joinpath("release_model.sql").read_text()
release_replay_lock: Final = _FOLDER.joinpath("release_replay_lock.sql").read_text()
select_differing: Final = _FOLDER.joinpath("select_differing.sql").read_text()
select_fingerprint: Final = _FOLDER.joinpath("select_fingerprint.sql").read_text()
select_going_on: Final = _FOLDER.joinpath("select_going_on.sql").read_text()
select_grants: Final = _FOLDER.joinpath("select_grants.sql").read_text()
select_leftovers: Final = _FOLDER.joinpath("select_leftovers.sql").read_text()
select_replays: Final = _FOLDER.joinpath("select_replays.sql").read_text()
select_rows_apart: Final = _FOLDER.joinpath("select_rows_apart.sql").read_text()
select_running: Final = _FOLDER.joinpath("select_running.sql").read_text()
select_slugs: Final = _FOLDER.joinpath("select_slugs.sql").read_text()
select_swaps: Final = _FOLDER.joinpath("select_swaps.sql").read_text()
select_tables: Final = _FOLDER.joinpath("select_tables.sql").read_text()
try_replay_lock: Final = _FOLDER.joinpath("try_replay_lock.sql").read_text()
use_schema: Final = _FOLDER.joinpath("use_schema.sql").read_text()
