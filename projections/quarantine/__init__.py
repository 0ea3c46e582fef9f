"""The quarantine: a poison event stops its own subject before that event, and no other subject.

- `malformed`  finds the events that no fold can take, without reading every vote
- `poison`     finds the event that makes a fold fail, whatever the reason
- `register`   lists the quarantined subjects; the only writer of `set_aside`
- `refolding`  folds one subject again, and releases it if all of its events can be folded
- `retrying`   retries the quarantined subjects now and then
- `sql`        the statements, one a file
"""
