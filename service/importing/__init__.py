"""Files of votes and of preferences into the log, through its one door.

- `source`    opens a file, gzipped or not, and reads its header
- `records`   lines into records that know their line numbers; a broken line costs itself alone
- `rejects`   what could not be used: counted by reason, with the first line numbers of each
- `rows`      records into rows: who chose what, of which tools
- `naming`    names of tools into slugs, two names never into the same one
- `kinds`     what tells one kind of file from another; there are `votes` and `matchups`
- `pipeline`  reads the next batch while the ones before it are committed
"""
