-- Read whether the replay $1 swaps once it has reached the head.
SELECT swaps FROM log.replays WHERE subject_id = 0 AND id = $1
