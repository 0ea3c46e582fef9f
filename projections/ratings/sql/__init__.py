"""The ratings' statements, one a file. Each is an attribute, so a missing file fails the import."""

from importlib.resources import files
from typing import Final

_FOLDER: Final = files(__name__)

create_ratings: Final = _FOLDER.joinpath("create_ratings.sql").read_text()
is_due: Final = _FOLDER.joinpath("is_due.sql").read_text()
select_due: Final = _FOLDER.joinpath("select_due.sql").read_text()
select_pairs: Final = _FOLDER.joinpath("select_pairs.sql").read_text()
select_outcomes: Final = _FOLDER.joinpath("select_outcomes.sql").read_text()
select_anonymous_outcomes: Final = _FOLDER.joinpath("select_anonymous_outcomes.sql").read_text()
note_fit: Final = _FOLDER.joinpath("note_fit.sql").read_text()
delete_ratings: Final = _FOLDER.joinpath("delete_ratings.sql").read_text()
mark_stale: Final = _FOLDER.joinpath("mark_stale.sql").read_text()
select_contexts: Final = _FOLDER.joinpath("select_contexts.sql").read_text()
select_fits: Final = _FOLDER.joinpath("select_fits.sql").read_text()
select_fit: Final = _FOLDER.joinpath("select_fit.sql").read_text()
select_ratings: Final = _FOLDER.joinpath("select_ratings.sql").read_text()
select_matchups: Final = _FOLDER.joinpath("select_matchups.sql").read_text()
