"""Every reason the rules have to refuse.

Refusal
├── UnknownToolError      no such tool is listed
├── UnknownPanelistError  no such panelist is seated
├── BadMatchupError       a matchup is between two different tools
├── BadWinnerError        the winner of a matchup is one of its tools, or neither
├── BadComparisonError    a comparison is between a few different tools
├── UnknownRuleError      there is no rule of this name
├── NotTheAuthorError     a panelist writes under their own name only
├── UnknownBatchError     no such batch was ordered
├── BatchRunningError     a batch can be reverted once it has ended
├── UnknownModelError     no read model has this name
├── UnknownReplayError    no such replay was ordered
├── ReplayGoingOnError    one replay rebuilds a read model at a time
├── ReplayRunningError    a replay can be swapped in once it is ready
├── ReplayEndedError      nothing more becomes of a replay that has ended
├── BatchEndedError       a batch can be cancelled while it runs
└── NotSetAsideError      only what is set aside can be tried again
"""

from collections.abc import Sequence

from events.facts import TIE
from events.ids import Position
from events.log.commands import Refusal


class UnknownToolError(Refusal):
    """The tool was never listed, or has been delisted; `at` a position, where that is asked for."""

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
    """The two tools cannot be held against each other."""

    type = "bad-matchup"
    title = "These two tools make no matchup"
    status = 400


class BadWinnerError(Refusal):
    """The winner is not in the matchup."""

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
    """There is no rule of this name."""

    type = "unknown-rule"
    title = "No such rule"
    status = 404


class NotTheAuthorError(Refusal):
    """Somebody other than the panelist, and not an admin, wanted to write their review."""

    type = "not-the-author"
    title = "A review belongs to its panelist"
    status = 403

    def __init__(self, panelist: str) -> None:
        super().__init__(f"Only {panelist!r} or an admin may write or withdraw this review.")


class UnknownBatchError(Refusal):
    """No batch of this id was ever ordered."""

    type = "unknown-batch"
    title = "No such batch was ordered"
    status = 404

    def __init__(self, id_: object) -> None:
        super().__init__(f"There is no batch {str(id_)!r}.")


class BatchRunningError(Refusal):
    """The batch is still at work, so what it did is not settled yet."""

    type = "batch-running"
    title = "The batch is still running"
    status = 409
    retry_after_s = 1

    def __init__(self, id_: object) -> None:
        super().__init__(f"The batch {id_} is still running; wait for its end or cancel it first.")


class BatchEndedError(Refusal):
    """The batch is at its end, so there is nothing left to cancel."""

    type = "batch-ended"
    title = "The batch has ended already"
    status = 409

    def __init__(self, id_: object, state: str) -> None:
        super().__init__(f"The batch {id_} is {state}; revert it to take it back.")


class UnknownModelError(Refusal):
    """There is no read model of this name."""

    type = "unknown-model"
    title = "No such read model"
    status = 400

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"There is no read model {name[:80]!r}; known: {', '.join(known)}.")


class UnknownReplayError(Refusal):
    """No replay of this id was ever ordered."""

    type = "unknown-replay"
    title = "No such replay was ordered"
    status = 404

    def __init__(self, id_: object) -> None:
        super().__init__(f"There is no replay {str(id_)!r}.")


class ReplayGoingOnError(Refusal):
    """A read model asked for is being rebuilt already, or waits to be swapped in, by `replay`."""

    type = "replay-going-on"
    title = "A replay of this read model is going on"
    status = 409

    def __init__(self, id_: object, models: Sequence[str], state: str) -> None:
        remedy = "wait for it or cancel it" if state == "running" else "swap it in or cancel it"
        super().__init__(f"The replay {id_} of {', '.join(models)} is {state}; {remedy} first.")
        self.replay = id_


class ReplayRunningError(Refusal):
    """The replay has not reached the log's end yet, so there is nothing to swap in."""

    type = "replay-running"
    title = "The replay is still running"
    status = 409
    retry_after_s = 1

    def __init__(self, id_: object) -> None:
        super().__init__(f"The replay {id_} is still running; unless it is a dry run it will swap by itself.")


class ReplayEndedError(Refusal):
    """The replay is at its end; its tables are live, or gone."""

    type = "replay-ended"
    title = "The replay has ended already"
    status = 409

    def __init__(self, id_: object, state: str) -> None:
        super().__init__(f"The replay {id_} is {state}; order another one.")


class NotSetAsideError(Refusal):
    """Nothing is wrong with this subject, so there is nothing to try again."""

    type = "not-set-aside"
    title = "This subject is not set aside"
    status = 404

    def __init__(self, subject: object) -> None:
        super().__init__(f"No subject {str(subject)[:80]!r} is set aside.")
