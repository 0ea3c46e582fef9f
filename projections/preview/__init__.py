"""What a batch of rulings would change, without giving it."""

from importlib.resources import files
from typing import Final

_FOLDER: Final = files(__name__)
