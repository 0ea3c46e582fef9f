-- Let `events` mean the log itself until the transaction ends, where nothing is set aside: the view costs a large fold
-- two fifths more. No table of the log's schema has the name of a read model's.
SELECT set_config('search_path', 'log, ' || current_setting('search_path'), true)
WHERE NOT EXISTS (SELECT FROM set_aside)
