"""Commands to the log: each decides by the rules whether it becomes facts or is refused.

A command names the streams that it needs and decides on their states. It is pure, and runs under the log's
lock.

- `catalogue`  list and delist tools, seat and retire panelists
- `matchups`   cast and withdraw preferences between two tools
- `refusals`   every reason for which a command or a query is refused
- `reviews`    write and withdraw reviews
- `rules`      adopt a scoring rule
- `staff`      the base of the commands of admins, moderators and panelists
- `votes`      cast and withdraw votes
"""
