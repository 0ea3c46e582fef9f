-- Append votes of $2 voters on $1 tools up to position $3. Low numbers get more votes (the first of 1,000 tools
-- about 3 %), 65 % of first votes say ship, and who votes again changes their mind.
INSERT INTO log.events (subject_id, position, recorded_at, previous, version, schema, type, actor_id, data)
SELECT subject_id, position, clock_timestamp(), previous, version, 1, 'VoteCast', voter_id,
       CASE WHEN (mind < 65) = (version % 2 = 1) THEN '{"choice": "ship"}' ELSE '{"choice": "skip"}' END::jsonb
FROM (
    SELECT tool.subject_id, voter.voter_id, drawn.position,
           (voter.number * 31 + tool.number * 17) % 100 AS mind,
           (row_number() OVER stream)::integer AS version, lag(drawn.position) OVER stream AS previous
    FROM (
        SELECT position, floor($1::integer * random() ^ 2)::integer AS tool,
               floor($2::integer * random())::integer AS voter
        FROM generate_series((SELECT position + 1 FROM log.head), $3::bigint) AS position
    ) AS drawn
    JOIN tools AS tool ON tool.number = drawn.tool
    JOIN voters AS voter ON voter.number = drawn.voter
    WINDOW stream AS (PARTITION BY tool.subject_id, voter.voter_id ORDER BY drawn.position)
) AS vote
ORDER BY position
