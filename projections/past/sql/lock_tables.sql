-- Hold on to the tables themselves ahead of the snapshot: a rebuild that swapped them in between would leave a
-- snapshot older than what it looks at.
LOCK TABLE checkpoints, tools, community, community_history, exclusions, excluded, moderations, matchups,
    anonymous, anonymous_history IN ACCESS SHARE MODE
