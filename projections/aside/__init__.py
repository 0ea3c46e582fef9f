"""Subjects set aside: one bad event stops its own subject, as it stood before that event, and nothing else.

- `odd`        finds the events that no fold can take, without looking at every vote
- `register`   who is set aside since when and why; the only writer of `set_aside`
- `culprit`    finds the event that a fold stumbles over, whatever the reason
- `refolding`  folds one subject anew, and takes it back if all of it can be folded
- `retrying`   does so with all that are set aside, now and then, and tells who serves them
"""
