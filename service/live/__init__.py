"""Scores and ratings as they change: kept in memory for readers, and sent to subscribers.

- `score_cache`  score documents in memory, dropped when a fold has changed them
- `subscribers`  who is subscribed to the score of a tool, and the events that wait for each subscriber
- `scores`       sends each change of a score to the subscribers of its tool
- `ratings`      sends each new fit of ratings to the subscribers of its context
"""
