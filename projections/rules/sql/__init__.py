"""The statements about rules, one a file. Each is an attribute, so a missing file fails the import."""

from importlib.resources import files
from typing import Final

_FOLDER: Final = files(__name__)

select_adoptions: Final = _FOLDER.joinpath("select_adoptions.sql").read_text()
insert_order: Final = _FOLDER.joinpath("insert_order.sql").read_text()
