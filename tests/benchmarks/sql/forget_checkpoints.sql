-- Let every read model start anew when it is next installed.
DELETE FROM read.checkpoints
