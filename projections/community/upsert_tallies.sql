-- Add changes to the tallies: the parameters are those of upsert_history.sql, of which $1, $5, $6 and $9 matter
-- here. Leans on the primary key.
INSERT INTO community AS tally (subject_id, ship, skip, position)
SELECT subject_id, sum(ship), sum(skip), max(position)
FROM unnest($1::bigint[], $2::timestamptz[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[],
            $7::bigint[], $8::bigint[], $9::bigint[])
    AS change (subject_id, hour, cell, events, ship, skip, corrected_ship, corrected_skip, position)
GROUP BY subject_id
ON CONFLICT (subject_id) DO UPDATE
SET ship = tally.ship + excluded.ship,
    skip = tally.skip + excluded.skip,
    position = greatest(tally.position, excluded.position)
