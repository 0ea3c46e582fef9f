"""Pages in a real browser: headless Chromium against a whole running service.

- `site`      what the service is filled with, and the pages that are looked at
- `visiting`  one look at a page, and everything that was noticed
"""
