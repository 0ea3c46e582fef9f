"""Old schemas are lifted to today's shape; what cannot be read says so."""

from typing import Any, cast

import pytest

from events.codec import Codec, UndecodableEventError
from events.facts import Fact, Pricing


class Priced(Fact, frozen=True, kw_only=True):
    """A fact in its third shape. v1 had `price`, a string; v2 called `title` what is `name` now."""

    name: str
    pricing: Pricing | None


def lift_price(data: dict[str, Any]) -> dict[str, Any]:
    price = data.pop("price")
    return {**data, "pricing": {"model": "paid", "entry": price} if price else None}


def lift_title(data: dict[str, Any]) -> dict[str, Any]:
    data["name"] = data.pop("title")
    return data


PRICED = Codec((Priced,), {("Priced", 1): lift_price, ("Priced", 2): lift_title})


def test_facts_are_written_in_the_schema_after_the_last_upcaster() -> None:
    fact = Priced(name="Hammer", pricing=None)
    assert PRICED.encode(fact) == ("Priced", 3, '{"name":"Hammer","pricing":null}')


@pytest.mark.parametrize(
    ("schema", "data"),
    [
        (1, '{"title":"Hammer","price":"$5"}'),
        (2, '{"title":"Hammer","pricing":{"model":"paid","entry":"$5"}}'),
        (3, '{"name":"Hammer","pricing":{"model":"paid","entry":"$5","note":null}}'),
    ],
)
def test_every_older_schema_is_lifted_step_by_step_to_the_same_fact(schema: int, data: str) -> None:
    fact = cast("Fact", PRICED.decode("Priced", schema, data))
    assert fact == Priced(name="Hammer", pricing=Pricing(model="paid", entry="$5"))


@pytest.mark.parametrize(
    ("name", "schema", "data"),
    [
        pytest.param("Renamed", 1, "{}", id="unknown type"),
        pytest.param("Priced", 4, "{}", id="newer schema"),
        pytest.param("Priced", 0, "{}", id="schema zero"),
        pytest.param("Priced", 3, '{"name":"Hammer"}', id="a field is missing"),
        pytest.param("Priced", 3, '{"name":"Hammer","pricing":null,"colour":"red"}', id="a field too many"),
        pytest.param("Priced", 3, '{"name":5,"pricing":null}', id="a field of another type"),
        pytest.param("Priced", 3, "{", id="no JSON"),
        pytest.param("Priced", 3, b"\xff", id="no UTF-8"),
        pytest.param("Priced", 3, "[]", id="no object"),
        pytest.param("Priced", 1, "[]", id="no object for an upcaster"),
        pytest.param("Priced", 1, '{"title":"Hammer"}', id="an upcaster misses its field"),
        pytest.param("Priced", 1, '{"title":5,"price":null}', id="lifted to another type"),
        pytest.param("Priced", 2, '{"title":"Hammer","pricing":{"model":"gift"}}', id="lifted out of range"),
    ],
)
def test_what_cannot_be_read_is_an_undecodable_event(name: str, schema: int, data: str | bytes) -> None:
    with pytest.raises(UndecodableEventError, match=name):
        PRICED.decode(name, schema, data)


def test_an_upcaster_with_a_defect_makes_the_event_undecodable() -> None:
    def defect(data: dict[str, Any]) -> dict[str, Any]:
        return {"name": data["name"].upper(), "pricing": None}

    codec = Codec((Priced,), {("Priced", 1): defect})
    with pytest.raises(UndecodableEventError):
        codec.decode("Priced", 1, '{"name":5}')
