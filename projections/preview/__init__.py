"""What a batch of rulings would change, without giving it.

- `effects`  what would become of each tool: score, rank and verdict, before and after
- `sql`      the statements, over temporary tables that go with the transaction
"""
