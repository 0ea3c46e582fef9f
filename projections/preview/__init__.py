"""Previews: what a batch of rulings or another rule would change, without changing anything.

- `effects`  the effect of a batch on score, rank and verdict of each tool
- `changes`  the effect of a batch on the counts
- `rules`    the effect of another rule, now and in the past
- `weeks`    the verdicts of two rules at the end of each week
- `crowd`    the crowd's votes and ranks by a rule
- `sql`      the statements; those for batches use temporary tables that the transaction drops
"""
