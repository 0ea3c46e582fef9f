"""Moderation's statements, one a file. Each is an attribute, so a missing file fails the import."""

from importlib.resources import files
from typing import Final

_FOLDER: Final = files(__name__)

select_meant: Final = _FOLDER.joinpath("select_meant.sql").read_text()
select_reverted: Final = _FOLDER.joinpath("select_reverted.sql").read_text()
insert_targets: Final = _FOLDER.joinpath("insert_targets.sql").read_text()
insert_batch: Final = _FOLDER.joinpath("insert_batch.sql").read_text()
select_batches: Final = _FOLDER.joinpath("select_batches.sql").read_text()
select_reverts: Final = _FOLDER.joinpath("select_reverts.sql").read_text()
select_running: Final = _FOLDER.joinpath("select_running.sql").read_text()
select_targets: Final = _FOLDER.joinpath("select_targets.sql").read_text()
select_outcomes: Final = _FOLDER.joinpath("select_outcomes.sql").read_text()
select_missed: Final = _FOLDER.joinpath("select_missed.sql").read_text()
move_batch: Final = _FOLDER.joinpath("move_batch.sql").read_text()
end_batch: Final = _FOLDER.joinpath("end_batch.sql").read_text()
lock_order: Final = _FOLDER.joinpath("lock_order.sql").read_text()
try_batch_lock: Final = _FOLDER.joinpath("try_batch_lock.sql").read_text()
release_batch_lock: Final = _FOLDER.joinpath("release_batch_lock.sql").read_text()
