"""The statements of the continuous check, one a file. A missing file fails the import."""

from importlib.resources import files
from typing import Final

_FOLDER: Final = files(__name__)

try_check_lock: Final = _FOLDER.joinpath("try_check_lock.sql").read_text()
release_check_lock: Final = _FOLDER.joinpath("release_check_lock.sql").read_text()
select_checks: Final = _FOLDER.joinpath("select_checks.sql").read_text()
move_checks: Final = _FOLDER.joinpath("move_checks.sql").read_text()
select_next: Final = _FOLDER.joinpath("select_next.sql").read_text()
count_some: Final = _FOLDER.joinpath("count_some.sql").read_text()
lock_tables: Final = _FOLDER.joinpath("lock_tables.sql").read_text()
use_temporary: Final = _FOLDER.joinpath("use_temporary.sql").read_text()
use_live: Final = _FOLDER.joinpath("use_live.sql").read_text()
select_apart: Final = _FOLDER.joinpath("select_apart.sql").read_text()
select_not_quarantined: Final = _FOLDER.joinpath("select_not_quarantined.sql").read_text()
forget_plans: Final = _FOLDER.joinpath("forget_plans.sql").read_text()
