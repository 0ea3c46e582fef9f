-- Make the table that insert_said fills; it goes with the transaction.
CREATE TEMP TABLE said (
    subject_id bigint, actor_id uuid, version integer, type text, value text, reason text, ruled boolean,
    anonymous boolean
) ON COMMIT DROP
