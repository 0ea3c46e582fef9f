"""Replays: read models folded anew beside the live ones while votes keep arriving, compared, and swapped in.

- `replays`    what was ordered, and how far it is
- `beside`     the schemas that rebuilt tables stand in
- `comparing`  by what rebuilt and live tables differ, tool by tool
- `swapping`   lets rebuilt tables take the place of the live ones
- `running`    does all this; whoever does may be killed, and somebody else goes on
"""
