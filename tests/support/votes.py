"""Orders of voters, spelt shortly; the tool is a hammer unless said otherwise."""

from service.commands.votes import CastVote, WithdrawVote

TOOL = "hammer"


def ship(account: str, tool: str = TOOL) -> CastVote:
    """Order a vote for shipping."""
    return CastVote(tool=tool, account=account, choice="ship")


def skip(account: str, tool: str = TOOL) -> CastVote:
    """Order a vote for skipping."""
    return CastVote(tool=tool, account=account, choice="skip")


def withdraw(account: str, tool: str = TOOL) -> WithdrawVote:
    """Order a vote to be taken back."""
    return WithdrawVote(tool=tool, account=account)
