-- Lock the tables before the snapshot is taken: a swap in between would make the tables newer than the snapshot.
LOCK TABLE checkpoints, tools, community, community_history, exclusions, excluded, moderations, matchups,
    anonymous, anonymous_history IN ACCESS SHARE MODE
