"""Read models' definitions, and which of their changes start them anew."""

from typing import assert_never

import pytest
from msgspec.structs import replace

from events.kinds import FACT_NAMES, FactName
from projections.community import COMMUNITY
from projections.model import ReadModel, Step
from projections.registry import MODELS, NAMES

STEP = COMMUNITY.steps[-1]


@pytest.mark.parametrize(
    "step",
    [
        replace(STEP, types=STEP.types[1:]),
        replace(STEP, statement=f"{STEP.statement} "),
        replace(STEP, writes=("",)),
        replace(STEP, in_cells=True),
    ],
)
def test_any_change_of_a_step_changes_the_fingerprint(step: Step) -> None:
    assert replace(COMMUNITY, steps=(*COMMUNITY.steps[:-1], step)).fingerprint != COMMUNITY.fingerprint


def test_a_change_of_the_tables_changes_the_fingerprint() -> None:
    assert replace(COMMUNITY, create=f"{COMMUNITY.create} ").fingerprint != COMMUNITY.fingerprint


def test_another_size_of_cells_changes_the_fingerprint_of_what_is_kept_in_cells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = [model.fingerprint for model in MODELS]
    monkeypatch.setattr("projections.cells.CELL_EVENTS", 5)
    changed = [model for model, old in zip(MODELS, before, strict=True) if model.fingerprint != old]
    assert changed == [COMMUNITY]


def test_models_have_names_and_numbers_of_their_own() -> None:
    assert len({model.name for model in MODELS}) == len({model.number for model in MODELS}) == len(MODELS)
    assert all(model.number > 0 for model in MODELS)
    assert len({model.fingerprint for model in MODELS}) == len(MODELS)


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_folds_see_nothing_of_what_is_set_aside(model: ReadModel) -> None:
    statements = [word for step in model.steps for word in (step.statement, step.keys or "")]
    tables = [statement.replace("log.choice_of", "") for statement in statements]
    assert not [statement for statement in tables if "log." in statement]


def folded_by(name: FactName) -> set[str]:
    """Name the models that fold a fact."""
    match name:
        case "ToolListed" | "ToolRevised" | "ToolDelisted" | "PanelistSeated" | "PanelistRetired":
            return {"catalogue"}
        case "ReviewSubmitted" | "ReviewRevised" | "ReviewWithdrawn":
            return {"reviews"}
        case "VoteCast" | "VoteWithdrawn" | "PreferenceCast" | "PreferenceWithdrawn":
            return {"community"}
        case "EventRetracted" | "EventReinstated":
            return {"reviews", "community"}
        case "RuleAdopted":
            return set()  # scores read it off the log
        case _:
            assert_never(name)


@pytest.mark.parametrize("name", FACT_NAMES)
def test_every_fact_is_folded_by_the_models_that_it_concerns(name: FactName) -> None:
    models = {model.name for model in MODELS for step in model.steps if name in step.types}
    assert models == folded_by(name)
