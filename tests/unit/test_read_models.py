"""Read models' definitions, and which of their changes start them anew."""

import pytest
from msgspec.structs import replace

from projections.registry import MODELS


@pytest.mark.parametrize("word", ["types", "tables", "folds"])
def test_any_change_of_a_definition_changes_its_fingerprint(word: str) -> None:
    found = getattr(MODELS[0], word)
    changed = f"{found} " if isinstance(found, str) else (*found[:-1], f"{found[-1]} ")
    assert replace(MODELS[0], **{word: changed}).fingerprint != MODELS[0].fingerprint


def test_models_have_names_and_numbers_of_their_own() -> None:
    assert len({model.name for model in MODELS}) == len({model.number for model in MODELS}) == len(MODELS)
    assert all(model.number > 0 for model in MODELS)
    assert len({model.fingerprint for model in MODELS}) == len(MODELS)
