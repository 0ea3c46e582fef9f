"""The statements about subjects that are set aside, one a file. A missing file fails the import."""

from importlib.resources import files
from typing import Final

_FOLDER: Final = files(__name__)

select_odd: Final = _FOLDER.joinpath("select_odd.sql").read_text()
set_aside: Final = _FOLDER.joinpath("set_aside.sql").read_text()
keep_aside: Final = _FOLDER.joinpath("keep_aside.sql").read_text()
take_back: Final = _FOLDER.joinpath("take_back.sql").read_text()
select_aside: Final = _FOLDER.joinpath("select_aside.sql").read_text()
select_due: Final = _FOLDER.joinpath("select_due.sql").read_text()
select_tried: Final = _FOLDER.joinpath("select_tried.sql").read_text()
count_aside: Final = _FOLDER.joinpath("count_aside.sql").read_text()
select_type: Final = _FOLDER.joinpath("select_type.sql").read_text()
show_only: Final = _FOLDER.joinpath("show_only.sql").read_text()
show_all: Final = _FOLDER.joinpath("show_all.sql").read_text()
delete_subject: Final = _FOLDER.joinpath("delete_subject.sql").read_text()
lock_model: Final = _FOLDER.joinpath("lock_model.sql").read_text()
