-- Let $1 votes have come in over $2 hours on the tools there are, low numbers more often: the history by tool, hour and
-- cell of $3 events that folding them would have made.
INSERT INTO read.community_history
SELECT subject_id, hour, cell, count(*), sum(ship), sum(1 - ship), sum(ship), sum(1 - ship), max(position)
FROM (
    SELECT tool.subject_id, position / $3::bigint AS cell, position,
           '2024-12-02'::timestamptz + position * $2::bigint / $1::bigint * interval '1 hour' AS hour,
           (random() < 0.4 + 0.002 * (tool.number % 100))::integer AS ship
    FROM (
        SELECT position, floor((SELECT count(*) FROM read.tools) * random() ^ 2)::bigint AS tool
        FROM generate_series(1, $1::bigint) AS position
    ) AS drawn
    JOIN (SELECT subject_id, row_number() OVER (ORDER BY slug) - 1 AS number FROM read.tools) AS tool
      ON tool.number = drawn.tool
) AS vote
GROUP BY subject_id, hour, cell
ORDER BY subject_id, hour, cell
