-- Name up to $1 quarantined subjects that are due for a retry, those that have waited longest first.
SELECT subject_id FROM set_aside WHERE retry_at <= clock_timestamp() ORDER BY retry_at LIMIT $1
