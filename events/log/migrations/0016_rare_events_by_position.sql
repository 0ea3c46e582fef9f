-- Rare events are found by position alone. While there are hardly any, ANALYZE may see none of them, and the planner then
-- takes this index for empty, and for the cheapest way to the rulings on a single ballot; once there are a hundred
-- thousand, each such look reads them all. So only who names a lower bound can use it.
DROP INDEX log.events_rare;
CREATE INDEX events_rare ON log.events (position)
    WHERE type NOT IN ('VoteCast', 'VoteWithdrawn', 'PreferenceCast', 'PreferenceWithdrawn') AND position > 0;
