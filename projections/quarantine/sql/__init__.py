"""The statements about quarantined subjects, one a file. A missing file fails the import."""

from importlib.resources import files
from typing import Final

_FOLDER: Final = files(__name__)

select_malformed: Final = _FOLDER.joinpath("select_malformed.sql").read_text()
quarantine_subject: Final = _FOLDER.joinpath("quarantine_subject.sql").read_text()
keep_quarantined: Final = _FOLDER.joinpath("keep_quarantined.sql").read_text()
release_subject: Final = _FOLDER.joinpath("release_subject.sql").read_text()
select_quarantined: Final = _FOLDER.joinpath("select_quarantined.sql").read_text()
select_due: Final = _FOLDER.joinpath("select_due.sql").read_text()
select_tried: Final = _FOLDER.joinpath("select_tried.sql").read_text()
count_quarantined: Final = _FOLDER.joinpath("count_quarantined.sql").read_text()
select_type: Final = _FOLDER.joinpath("select_type.sql").read_text()
show_only: Final = _FOLDER.joinpath("show_only.sql").read_text()
show_all: Final = _FOLDER.joinpath("show_all.sql").read_text()
delete_subject: Final = _FOLDER.joinpath("delete_subject.sql").read_text()
lock_model: Final = _FOLDER.joinpath("lock_model.sql").read_text()
