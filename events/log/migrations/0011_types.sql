-- Events of a type that may be rare among its like, as moderators look for them: withdrawals among votes and
-- preferences, listings and reinstatements among retractions. Votes, preferences and retractions are many enough to
-- be found by position.

CREATE INDEX events_types ON log.events (type, position)
    WHERE type NOT IN ('VoteCast', 'PreferenceCast', 'EventRetracted');
