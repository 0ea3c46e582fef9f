-- Let `events` mean the log itself until the transaction ends, if no subject is quarantined: with the view a large
-- fold takes two fifths longer. No table of the log's schema has the name of a read model's.
SELECT set_config('search_path', 'log, ' || current_setting('search_path'), true)
WHERE NOT EXISTS (SELECT FROM set_aside)
