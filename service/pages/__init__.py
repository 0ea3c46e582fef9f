"""Pages for people, made on the server: complete without a script, nothing loaded from elsewhere.

A page reads the projections and makes a view: a Struct that holds what is shown, in the words in which it is
shown. Its template in `templates/` puts that in place; `styles/`, `scripts/` and `images/` go with it.

- `home`         the front page
- `search`       finds tools
- `tool`         one tool
- `leaderboard`  the tools of a category, ranked
- `compare`      two to five tools side by side
- `sign_in`      signing in and out
- `voting`       forms to vote with, and what they send
- `console`      the moderation console
- `sharing`      what other sites get: pictures, badges, a feed, a site map
- `session`      who looks at a page
- `rendering`    from a view to bytes
- `handlers`     every page's handler, for the app
"""
