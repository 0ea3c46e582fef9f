-- Sum the exclusions of the tool $1 by $2 (hour, day or week, in UTC) and reason. Leans on the primary key.
SELECT date_trunc($2::text, hour) AS start, reason, sum(votes)::bigint AS votes,
       sum(corrected_votes)::bigint AS corrected_votes
FROM exclusions WHERE subject_id = $1
GROUP BY start, reason
