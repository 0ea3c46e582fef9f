"""Files of votes into the log, through its one door.

- `source`    opens a file, gzipped or not, and reads its header
- `records`   lines into records that know their line numbers; a broken line costs itself alone
- `rejects`   what could not be used: counted by reason, with the first line numbers of each
- `votes`     records into votes
- `naming`    names of tools into slugs, two names never into the same one
- `pipeline`  reads the next batch while the ones before it are committed
"""
