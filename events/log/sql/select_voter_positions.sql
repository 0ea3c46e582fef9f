-- Find the first $3 votes and preferences of the voter $4, a pseudonym, with positions above $1 and up to $2, in order.
-- With DESC for {direction}, find the last ones, newest first.
-- Null asks for nothing: $5 subject id of a tool and $6 its slug, $7 type.
-- Leans on events_types for the tools there are and on the primary key for the voter's ballot on each; on
-- events_preferrers.
(
    SELECT ballot.position
    FROM (
        SELECT DISTINCT subject_id FROM log.events
        WHERE type = 'ToolListed' AND ($5::bigint IS NULL OR subject_id = $5)
    ) AS tool
    JOIN log.events AS ballot ON ballot.subject_id = tool.subject_id AND ballot.actor_id = $4
    WHERE ballot.type IN ('VoteCast', 'VoteWithdrawn') AND ballot.position > $1 AND ballot.position <= $2
      AND ($7::text IS NULL OR (ballot.type = $7 AND $7 IN ('VoteCast', 'VoteWithdrawn')))
    ORDER BY ballot.position {direction} LIMIT $3
)
UNION ALL
(
    SELECT position FROM log.events
    WHERE type IN ('PreferenceCast', 'PreferenceWithdrawn') AND actor_id = $4 AND position > $1 AND position <= $2
      AND ($6::text IS NULL OR data ->> 'left' = $6 OR data ->> 'right' = $6)
      AND ($7::text IS NULL OR type = $7)
    ORDER BY position {direction} LIMIT $3
)
ORDER BY position {direction} LIMIT $3
