-- As before, but a preference is for the left tool, for the right one, or a tie: only votes and reviews say ship and skip.
CREATE OR REPLACE FUNCTION log.choice_of(data jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(data ->> 'choice', data ->> 'verdict', CASE
    WHEN data -> 'winner' IS NULL THEN NULL
    WHEN data -> 'winner' = data -> 'left' THEN 'left'
    WHEN data -> 'winner' = data -> 'right' THEN 'right'
    ELSE 'tie'
END);
