"""The statements about rules, one a file. Each is an attribute, so a missing file fails the import."""

from importlib.resources import files
from typing import Final

_FOLDER: Final = files(__name__)

select_rule_at: Final = _FOLDER.joinpath("select_rule_at.sql").read_text()
select_rule: Final = _FOLDER.joinpath("select_rule.sql").read_text()
select_rule_by: Final = _FOLDER.joinpath("select_rule_by.sql").read_text()
select_adoptions: Final = _FOLDER.joinpath("select_adoptions.sql").read_text()
adopt_rule: Final = _FOLDER.joinpath("adopt_rule.sql").read_text()
