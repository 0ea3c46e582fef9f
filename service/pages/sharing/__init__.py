"""What other sites get of this one: previews, pictures, data for search engines, a feed, a map and badges.

- `tags`      what stands in a page's head for previews and search engines; `products`, the data in it
- `pictures`  where pictures are served; `cards`, what is on one; `drawing`, how; `lettering`, its text
- `feed`      the newest verdicts as Atom
- `sitemap`   every page that there is to find
- `badge`     a tool's share as a small picture for other people's pages
- `site`      where readers find the site
"""
