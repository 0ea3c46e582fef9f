-- Lock the tables before the snapshot is taken: a swap in between would make the tables newer than the snapshot.
LOCK TABLE checkpoints, tools, community, community_history, anonymous, anonymous_history,
    matchups, matchup_history, anonymous_matchups, anonymous_matchup_history, exclusions, excluded, moderations
    IN ACCESS SHARE MODE
