"""The parts of a comparison, for its page and for the terminal.

- `standings`  the verdict, and who leads by what
- `shares`     what panel and crowd say of each tool
- `matchups`   what is preferred of each two tools
- `reviews`    the reviews in rows, lens by lens
"""
