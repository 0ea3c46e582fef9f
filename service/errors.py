"""What can go wrong around the servers, as messages for one line on the terminal.

ServersError            an operational failure; the command exits with 1
└── UnusableError       a wrong argument or an unusable file, folder or port; the command exits with 2
"""


class ServersError(Exception):
    """Something that ran, or should have, failed; the message says what and where to look."""

    exit_status = 1


class UnusableError(ServersError):
    """What the caller named cannot be used: another folder, port or account is needed."""

    exit_status = 2
