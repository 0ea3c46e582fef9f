"""The statements that read the past, one a file. A missing file fails the import."""

from importlib.resources import files
from typing import Final

_FOLDER: Final = files(__name__)

lock_tables: Final = _FOLDER.joinpath("lock_tables.sql").read_text()
select_tallies: Final = _FOLDER.joinpath("select_tallies.sql").read_text()
select_anonymous_tallies: Final = _FOLDER.joinpath("select_anonymous_tallies.sql").read_text()
select_counts: Final = _FOLDER.joinpath("select_counts.sql").read_text()
select_anonymous_counts: Final = _FOLDER.joinpath("select_anonymous_counts.sql").read_text()
select_excluded: Final = _FOLDER.joinpath("select_excluded.sql").read_text()
sum_votes: Final = _FOLDER.joinpath("sum_votes.sql").read_text()
sum_anonymous_votes: Final = _FOLDER.joinpath("sum_anonymous_votes.sql").read_text()
sum_preferences: Final = _FOLDER.joinpath("sum_preferences.sql").read_text()
sum_anonymous_preferences: Final = _FOLDER.joinpath("sum_anonymous_preferences.sql").read_text()
sum_exclusions: Final = _FOLDER.joinpath("sum_exclusions.sql").read_text()
select_votes_between: Final = _FOLDER.joinpath("select_votes_between.sql").read_text()
select_exclusions_between: Final = _FOLDER.joinpath("select_exclusions_between.sql").read_text()
select_opinions: Final = _FOLDER.joinpath("select_opinions.sql").read_text()
select_vote_buckets: Final = _FOLDER.joinpath("select_vote_buckets.sql").read_text()
select_exclusion_buckets: Final = _FOLDER.joinpath("select_exclusion_buckets.sql").read_text()
select_moderations: Final = _FOLDER.joinpath("select_moderations.sql").read_text()
select_category: Final = _FOLDER.joinpath("select_category.sql").read_text()
select_listed: Final = _FOLDER.joinpath("select_listed.sql").read_text()
select_recorded_at: Final = _FOLDER.joinpath("select_recorded_at.sql").read_text()
select_matchups: Final = _FOLDER.joinpath("select_matchups.sql").read_text()
select_anonymous_buckets: Final = _FOLDER.joinpath("select_anonymous_buckets.sql").read_text()
