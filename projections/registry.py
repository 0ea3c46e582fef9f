"""Every read model there is. "Caught up" means all of these, whether they have a row yet or not."""

from typing import Final

from projections.catalogue import CATALOGUE
from projections.community import COMMUNITY
from projections.model import ReadModel
from projections.reviews import REVIEWS

MODELS: Final[tuple[ReadModel, ...]] = (CATALOGUE, REVIEWS, COMMUNITY)
NAMES: Final = tuple(model.name for model in MODELS)
