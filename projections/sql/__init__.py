"""The statements shared by all read models, one a file. A missing file fails the import."""

from importlib.resources import files
from typing import Final

_FOLDER: Final = files(__name__)

create_checkpoints: Final = _FOLDER.joinpath("create_checkpoints.sql").read_text()
try_fold_lock: Final = _FOLDER.joinpath("try_fold_lock.sql").read_text()
select_checkpoint: Final = _FOLDER.joinpath("select_checkpoint.sql").read_text()
select_checkpoints: Final = _FOLDER.joinpath("select_checkpoints.sql").read_text()
select_lags: Final = _FOLDER.joinpath("select_lags.sql").read_text()
scan_range: Final = _FOLDER.joinpath("scan_range.sql").read_text()
select_scores: Final = _FOLDER.joinpath("select_scores.sql").read_text()
select_panels: Final = _FOLDER.joinpath("select_panels.sql").read_text()
move_checkpoint: Final = _FOLDER.joinpath("move_checkpoint.sql").read_text()
reset_checkpoint: Final = _FOLDER.joinpath("reset_checkpoint.sql").read_text()
use_log: Final = _FOLDER.joinpath("use_log.sql").read_text()
with_changes: Final = _FOLDER.joinpath("with_changes.sql").read_text()
create_changes: Final = _FOLDER.joinpath("create_changes.sql").read_text()
drop_changes: Final = _FOLDER.joinpath("drop_changes.sql").read_text()
