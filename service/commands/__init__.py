"""The right to say no: orders to the log, each with the rules that turn it into facts or a refusal.

A command names the streams it needs and decides on their states; it is pure, and runs under the
log's lock. `refusals` holds every reason to refuse.
"""
