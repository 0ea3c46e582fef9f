"""One request and one response: everything that routes and pages need to speak HTTP.

- `request`       a request as handlers get it, and what makes a Litestar handler of a function
- `response`      a response whose bytes are ready
- `dependencies`  passes to handlers what the process holds open, by type
- `parameters`    reads and checks single parameters
- `pagination`    pages of a list, and their cursors
- `schemas`       the bodies that operations take
- `conditional`   ETags, and 304 where the client is up to date
- `headers`       the headers that keep pages safe
- `problems`      every refusal as `application/problem+json`
- `sse`           server-sent events
- `tokens`        checks and signs bearer tokens
- `auth`          who may call a route
- `submit`        submits one command to the log
- `query`         reads a query into a Struct, and the parts of a path
- `signature`     reads off a route's signature what it takes, and gets it from a request
"""
