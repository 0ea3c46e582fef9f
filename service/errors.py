"""The errors of commands and servers. Each message is one line on the terminal.

ServersError            an operational failure; the command exits with 1
└── UnusableError       a wrong argument or an unusable file, folder or port; the command exits with 2
"""


class ServersError(Exception):
    """Something failed while it ran or started. The message says what failed and where to look."""

    exit_status = 1


class UnusableError(ServersError):
    """The caller named something that cannot be used: another folder, port or file is needed."""

    exit_status = 2
