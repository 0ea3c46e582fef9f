-- Sum the changes without an account of the tool $1 by $2 (hour, day or week, in UTC). Leans on the primary key.
SELECT date_trunc($2::text, hour) AS start,
       sum(ship)::bigint AS ship, sum(skip)::bigint AS skip,
       sum(corrected_ship)::bigint AS corrected_ship, sum(corrected_skip)::bigint AS corrected_skip
FROM anonymous_history WHERE subject_id = $1
GROUP BY start
