-- Batches that were previewed leave alone what others ruled on since.
ALTER TABLE log.batches ADD COLUMN as_of bigint;  -- rulings up to here were known; null where nobody looked
