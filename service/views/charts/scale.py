"""From values to places on an axis in percent of its length: charts have any width, circles stay round."""

from msgspec import Struct


class Scale(Struct, frozen=True):
    """An axis from its lowest to its highest value, which differ."""

    low: float
    high: float

    def place(self, value: float) -> float:
        """Return the place of a value, from 0 to 100; values beyond an end are placed at that end."""
        share = (value - self.low) / (self.high - self.low)
        return round(100 * min(1.0, max(0.0, share)), 2)

    def at(self, value: float) -> str:
        """Return the same as an SVG length."""
        return f"{self.place(value):g}%"

    def up(self, value: float) -> str:
        """Return the place of a value on an upright axis, as an SVG length from the top."""
        return f"{100 - self.place(value):g}%"


SHARES = Scale(0.0, 1.0)
