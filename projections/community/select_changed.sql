-- List up to $1 listed tools, those with the most votes first, and when each last changed: by an event in its entry, its
-- reviews or its votes. Reads all tools; leans on the primary keys and on the log's index on position.
SELECT tool.slug, tool.category, event.recorded_at AS changed_at
FROM (
    SELECT each.subject_id, each.slug, each.category, coalesce(crowd.ship + crowd.skip, 0) AS votes,
           greatest(each.position, crowd.position,
                    (SELECT max(review.position) FROM reviews AS review WHERE review.subject_id = each.subject_id)
           ) AS position
    FROM tools AS each
    LEFT JOIN community AS crowd ON crowd.subject_id = each.subject_id
    WHERE each.listed
    ORDER BY votes DESC, each.slug COLLATE "C" LIMIT $1
) AS tool
JOIN log.events AS event ON event.subject_id = tool.subject_id AND event.position = tool.position
ORDER BY tool.votes DESC, tool.slug COLLATE "C"
