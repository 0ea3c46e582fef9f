"""Every reason for which a command or a query is refused.

Refusal
├── UnknownToolError      the tool is not listed
├── UnknownPanelistError  the panelist is not seated
├── BadMatchupError       a matchup needs two different tools
├── BadWinnerError        the winner of a matchup must be one of its tools, or a tie
├── BadComparisonError    a comparison needs a few different tools
├── UnknownRuleError      no rule has this name
├── NotTheAuthorError     panelists may write only their own reviews
├── UnknownBatchError     no batch has this id
├── BatchRunningError     a batch can be reverted only after it has ended
├── BatchEndedError       a batch can be cancelled only while it runs
├── UnknownModelError     no read model has this name
├── UnknownReplayError    no replay has this id
├── ReplayGoingOnError    only one replay at a time may rebuild a read model
├── ReplayRunningError    a replay can be swapped in only when it is ready
├── ReplayEndedError      a replay that has ended cannot change any more
└── NotQuarantinedError   only a subject in quarantine can be retried
"""

from collections.abc import Sequence

from events.facts import TIE
from events.ids import Position
from events.log.commands import Refusal


class UnknownToolError(Refusal):
    """The tool was never listed, or has been delisted.

    Args:
        at: The position asked for; None for now.
    """

    type = "unknown-tool"
    title = "No such tool is listed"
    status = 404

    def __init__(self, slug: str, *, at: Position | None = None) -> None:
        self.slug = slug
        super().__init__(f"No tool {slug!r} {'is listed' if at is None else f'was listed at position {at}'}.")


class UnknownPanelistError(Refusal):
    """The panelist was never seated, or has retired."""

    type = "unknown-panelist"
    title = "No such panelist is seated"
    status = 404

    def __init__(self, slug: str) -> None:
        super().__init__(f"No panelist {slug!r} is seated.")


class BadMatchupError(Refusal):
    """The two tools cannot make a matchup."""

    type = "bad-matchup"
    title = "These two tools make no matchup"
    status = 400


class BadWinnerError(Refusal):
    """The winner is neither a tool of the matchup nor a tie."""

    type = "bad-winner"
    title = "The winner is not in this matchup"
    status = 400

    def __init__(self, winner: str, left: str, right: str) -> None:
        super().__init__(f"The winner is {left!r}, {right!r} or {TIE!r}, not {winner[:80]!r}.")


class BadComparisonError(Refusal):
    """These tools cannot be compared with each other."""

    type = "bad-comparison"
    title = "These tools make no comparison"
    status = 400


class UnknownRuleError(Refusal):
    """No rule has this name."""

    type = "unknown-rule"
    title = "No such rule"
    status = 404


class NotTheAuthorError(Refusal):
    """Somebody who is neither the panelist nor an admin tried to write the panelist's review."""

    type = "not-the-author"
    title = "A review belongs to its panelist"
    status = 403

    def __init__(self, panelist: str) -> None:
        super().__init__(f"Only {panelist!r} or an admin may write or withdraw this review.")


class UnknownBatchError(Refusal):
    """No batch has this id."""

    type = "unknown-batch"
    title = "No such batch was ordered"
    status = 404

    def __init__(self, id_: object) -> None:
        super().__init__(f"There is no batch {str(id_)!r}.")


class BatchRunningError(Refusal):
    """The batch is still running, so its effect is not final yet."""

    type = "batch-running"
    title = "The batch is still running"
    status = 409
    retry_after_s = 1

    def __init__(self, id_: object) -> None:
        super().__init__(f"The batch {id_} is still running; wait for its end or cancel it first.")


class BatchEndedError(Refusal):
    """The batch has ended, so it cannot be cancelled."""

    type = "batch-ended"
    title = "The batch has ended already"
    status = 409

    def __init__(self, id_: object, state: str) -> None:
        super().__init__(f"The batch {id_} is {state}; revert it to take it back.")


class UnknownModelError(Refusal):
    """No read model has this name."""

    type = "unknown-model"
    title = "No such read model"
    status = 400

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"There is no read model {name[:80]!r}; known: {', '.join(known)}.")


class UnknownReplayError(Refusal):
    """No replay has this id."""

    type = "unknown-replay"
    title = "No such replay was ordered"
    status = 404

    def __init__(self, id_: object) -> None:
        super().__init__(f"There is no replay {str(id_)!r}.")


class ReplayGoingOnError(Refusal):
    """Another replay rebuilds one of the read models, or waits to be swapped in.

    Attributes:
        replay: The id of that replay.
    """

    type = "replay-going-on"
    title = "A replay of this read model is going on"
    status = 409

    def __init__(self, id_: object, models: Sequence[str], state: str) -> None:
        remedy = "wait for it or cancel it" if state == "running" else "swap it in or cancel it"
        super().__init__(f"The replay {id_} of {', '.join(models)} is {state}; {remedy} first.")
        self.replay = id_


class ReplayRunningError(Refusal):
    """The replay has not reached the end of the log, so it cannot be swapped in yet."""

    type = "replay-running"
    title = "The replay is still running"
    status = 409
    retry_after_s = 1

    def __init__(self, id_: object) -> None:
        super().__init__(f"The replay {id_} is still running; unless it is a dry run it will swap by itself.")


class ReplayEndedError(Refusal):
    """The replay has ended: its tables are live, or deleted."""

    type = "replay-ended"
    title = "The replay has ended already"
    status = 409

    def __init__(self, id_: object, state: str) -> None:
        super().__init__(f"The replay {id_} is {state}; order another one.")


class NotQuarantinedError(Refusal):
    """The subject is not in quarantine, so there is nothing to retry."""

    type = "not-set-aside"
    title = "This subject is not set aside"
    status = 404

    def __init__(self, subject: object) -> None:
        super().__init__(f"No subject {str(subject)[:80]!r} is set aside.")
