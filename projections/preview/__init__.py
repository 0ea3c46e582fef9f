"""What a decision would change, without taking it.

- `effects`  a batch of rulings: score, rank and verdict of each tool, before and after
- `changes`  by how much a batch would change what they are made of
- `rules`    another rule: the same of each tool, and which verdicts would have been other in the past
- `weeks`    the verdicts of two rules at the end of each week
- `crowd`    what a rule makes of the crowd's votes
- `sql`      the statements; those for batches stand over temporary tables that go with the transaction
"""
