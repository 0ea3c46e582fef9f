"""Everything that other sites get of this one.

- `pictures`   serves pictures for previews
- `cards`      what is on a picture
- `drawing`    draws it
- `lettering`  sets its text
- `feed`       the newest verdicts as Atom
- `sitemap`    every page that there is to find
- `documents`  XML documents for both
- `badge`      a tool's share as a small picture for other people's pages
- `robots`     what crawlers may read
- `site`       the site's own address
"""
