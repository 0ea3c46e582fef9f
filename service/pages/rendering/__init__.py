"""From a view to the bytes of a page.

- `publishing`       fills templates in, and keeps pages while they are fresh
- `page_cache`       what was made a moment ago
- `representations`  bytes with their ETag, in the encoding that a client takes
- `encodings`        compression, and which one a client takes
- `assets`           styles, scripts and images, under addresses that change with them
- `reading`          reads typed text, and the parts of a page's path
- `tags`             the head of a page for previews and search engines
- `products`         schema.org data in it
- `errors`           refusals as pages
"""
