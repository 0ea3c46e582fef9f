"""Votes on the pages.

- `forms`   what a page lets its reader vote on
- `posts`   takes the votes that forms send
- `limits`  how many votes are taken of one browser and address
"""
