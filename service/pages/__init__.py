"""Pages for people, made on the server: complete without a script, no build step, nothing from anybody else.

A page is a module: it reads the projections and makes a view, a Struct that holds what is shown in the words
in which it is shown. Its template does nothing but put that in place.

- `home`, `search`, `tool`, `leaderboard`, `compare`  the pages; `robots`, for crawlers
- `tool_record`      how a tool's score became what it is
- `board_wanted`     which leaderboard is asked for; `board_rows`, its rows; `board_words`, its name
- `compare_wanted`   which tools to compare; `compare_sides`, `compare_matchups`, `compare_standings`: how
- `facts`            what a tool is, and what a reviewer says of it
- `measures`         a share with its interval and verdict; `ratings`, the same head to head
- `words`            how numbers, times and names are written; `addresses`, how links are
- `reading`          what a page's address asks for; `moments`, at which moment
- `charts`           inline SVG
- `publishing`       from a view to bytes, kept for a moment on the `shelf`
- `representations`  bytes with their ETag, by `encodings`; `headers`, what keeps them safe
- `session`          who is signed in; `session_person`, whoever looks; `session_visitor`, who has no account
- `session_pages`    signing in and out; `session_forms`, what is posted; `session_next`, where to go then
- `session_gate`     seals and origins; `session_cookies`
- `voting`           forms to vote with; `voting_posts`, what they send; `voting_limits`, how often
- `console`          for moderators
- `sharing`          what other sites get: previews, pictures, feed, site map, badges
- `assets`           styles, scripts and images, under addresses that change with them
- `errors`           refusals as pages; `handlers`, what answers each address
- `templates/`, `styles/`, `scripts/`, `images/`
"""
