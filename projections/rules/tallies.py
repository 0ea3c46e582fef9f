"""The counts that rules look at."""

from msgspec import Struct


class Tally(Struct, frozen=True, kw_only=True):
    """Votes for and against one tool, or its reviewers' verdicts."""

    ship: int = 0
    skip: int = 0

    @property
    def votes(self) -> int:
        """All of them."""
        return self.ship + self.skip

    @property
    def share(self) -> float | None:
        """The share that says ship; None without votes."""
        return self.ship / self.votes if self.votes else None


class PreferenceTally(Struct, frozen=True, kw_only=True):
    """Head-to-head votes between two tools, as one of them sees it."""

    wins: int = 0
    losses: int = 0
    ties: int = 0

    @property
    def votes(self) -> int:
        """All of them, ties included."""
        return self.wins + self.losses + self.ties

    @property
    def decided(self) -> int:
        """Those that name a winner."""
        return self.wins + self.losses

    @property
    def share(self) -> float | None:
        """The share of wins, a tie being half a win; None without votes."""
        return (self.wins + self.ties / 2) / self.votes if self.votes else None

    def mirrored(self) -> "PreferenceTally":
        """Return them as the other tool sees it."""
        return PreferenceTally(wins=self.losses, losses=self.wins, ties=self.ties)
