-- Votes that are not in the form in which this build writes them: hardly any, so that whoever folds a range of
-- millions need not look at each of them to find the one that no fold can take. What stands here may be in order
-- all the same; a vote in a later form of its own is, and gets an index that knows it.

CREATE INDEX events_odd ON log.events (position)
    WHERE type IN ('VoteCast', 'VoteWithdrawn') AND NOT (
        schema = 1
        AND data IN ('{"choice": "ship"}', '{"choice": "skip"}', '{}',
                     '{"choice": "ship", "simulated": true}', '{"choice": "skip", "simulated": true}')
        AND (type = 'VoteWithdrawn') = (data = '{}')
        AND recorded_at >= '0001-01-01 00:00:00+00' AND recorded_at < '9999-12-31 00:00:00+00'
    );
