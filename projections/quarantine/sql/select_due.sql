-- Name up to $1 subjects that are set aside and whose pause is over, the longest first.
SELECT subject_id FROM set_aside WHERE retry_at <= clock_timestamp() ORDER BY retry_at LIMIT $1
