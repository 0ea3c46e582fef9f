"""The byte form of every event, pinned: a difference here breaks hashes and signatures of stored logs."""

import json
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from asyncpg.pgproto.pgproto import UUID

from events.codec import CODEC, SCHEMA, Event
from events.facts import AnyFact, Fact
from events.ids import ActorId, Position, SubjectId
from tests.support.golden import FOLDER, fixed_events

FILES = sorted(FOLDER.glob("*.v*.json"))
SUMS = FOLDER / "SHA256SUMS"


def event_of(raw: bytes) -> Event:
    """Read an event back from its canonical bytes."""
    envelope = msgspec.json.decode(raw, type=dict[str, Any])
    claimed = envelope["occurred_at"]
    return Event(
        position=Position(envelope["position"]),
        subject_id=SubjectId(envelope["subject"]),
        actor_id=ActorId(UUID(envelope["actor"])),
        version=envelope["version"],
        recorded_at=datetime.fromisoformat(envelope["recorded_at"]),
        occurred_at=datetime.fromisoformat(claimed) if claimed else None,
        fact=CODEC.decode(envelope["type"], envelope["schema"], msgspec.json.encode(envelope["data"])),
    )


def test_every_type_has_a_golden_file() -> None:
    assert {path.name for path in FILES} == {f"{fact.__name__}.v{SCHEMA}.json" for fact in get_args(AnyFact)}


@pytest.mark.parametrize("fact", get_args(AnyFact))
def test_a_field_at_its_default_is_not_written(fact: type[Fact]) -> None:
    may_be_missing = [field.name for field in msgspec.structs.fields(fact) if not field.required]
    assert fact.__struct_config__.omit_defaults or not may_be_missing


@pytest.mark.parametrize("event", fixed_events(), ids=lambda event: type(event.fact).__name__)
def test_an_event_is_written_as_its_golden_file_says(event: Event) -> None:
    golden = FOLDER / f"{type(event.fact).__name__}.v{SCHEMA}.json"
    assert CODEC.canonical(event) == golden.read_bytes()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_golden_file_is_read_and_written_back_to_the_same_bytes(path: Path) -> None:
    raw = path.read_bytes()
    event = event_of(raw)
    assert f"{type(event.fact).__name__}.v{SCHEMA}.json" == path.name
    assert CODEC.canonical(event) == raw


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_canonical_bytes_have_sorted_keys_and_no_white_space_at_every_depth(path: Path) -> None:
    raw = path.read_text(encoding="utf-8")
    again = json.dumps(json.loads(raw), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert again == raw


def test_stored_columns_lead_back_to_the_same_fact() -> None:
    for event in fixed_events():
        assert CODEC.decode(*CODEC.encode(event.fact)) == event.fact


def test_golden_files_are_never_edited() -> None:
    """`sha256sum --check SHA256SUMS` says the same. A new file adds a line; no line is ever changed."""
    lines = SUMS.read_text().splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    assert listed == {path.name: sha256(path.read_bytes()).hexdigest() for path in FILES}
