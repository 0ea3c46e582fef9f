-- Sum the changes of the tool $1 by $2 (hour, day or week, in UTC), in order. Leans on the primary key.
SELECT date_trunc($2::text, hour) AS start, sum(events)::bigint AS events,
       sum(ship)::bigint AS ship, sum(skip)::bigint AS skip,
       sum(corrected_ship)::bigint AS corrected_ship, sum(corrected_skip)::bigint AS corrected_skip,
       max(position) AS position
FROM community_history WHERE subject_id = $1
GROUP BY start ORDER BY start
