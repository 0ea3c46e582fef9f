"""Imports files of votes and of preferences into the log, through its only writer.

- `kinds`     how the kinds of files differ
- `matchups`  the files of preferences: rows into commands
- `naming`    gives each tool name a slug of its own
- `pipeline`  reads the next batch while earlier batches are being committed
- `records`   splits CSV lines into records with their line numbers
- `rejects`   counts the rows that cannot be used, by reason
- `rows`      turns records into rows: voter, choice and tools
- `source`    opens a file, gzipped or not, and reads its header
- `votes`     the files of votes: rows into commands
"""
