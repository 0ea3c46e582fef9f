"""Facts only ever gain, and what cannot be read says so."""

import pytest

from events.codec import SCHEMA, Codec, UndecodableEventError
from events.facts import Fact, Pricing


class Priced(Fact, frozen=True, kw_only=True, omit_defaults=True):
    """A fact that gained `featured` after the first were written."""

    name: str
    pricing: Pricing | None
    featured: bool = False


PRICED = Codec((Priced,))
FIRST = '{"name":"Hammer","pricing":null}'
GAINED = '{"name":"Hammer","pricing":null,"featured":true}'


@pytest.mark.parametrize(("data", "featured"), [(FIRST, False), (GAINED, True)])
def test_an_event_from_before_a_field_and_one_without_it_are_the_same(data: str, featured: bool) -> None:  # noqa: FBT001
    fact = Priced(name="Hammer", pricing=None, featured=featured)
    assert PRICED.decode("Priced", SCHEMA, data) == fact
    assert PRICED.encode(fact) == ("Priced", SCHEMA, data)
    PRICED.check_form(fact, data)


def test_a_stored_default_is_not_the_form_in_which_it_is_written() -> None:
    data = '{"name":"Hammer","pricing":null,"featured":false}'
    fact = Priced(name="Hammer", pricing=None)
    assert PRICED.decode("Priced", SCHEMA, data) == fact
    with pytest.raises(UndecodableEventError, match="not written as this build writes it"):
        PRICED.check_form(fact, data)


@pytest.mark.parametrize(
    ("name", "schema", "data"),
    [
        pytest.param("Renamed", SCHEMA, "{}", id="unknown type"),
        pytest.param("Priced", SCHEMA + 1, FIRST, id="newer schema"),
        pytest.param("Priced", 0, FIRST, id="schema zero"),
        pytest.param("Priced", SCHEMA, '{"name":"Hammer"}', id="a field is missing"),
        pytest.param(
            "Priced", SCHEMA, '{"name":"Hammer","pricing":null,"colour":"red"}', id="a field too many"
        ),
        pytest.param("Priced", SCHEMA, '{"name":5,"pricing":null}', id="a field of another type"),
        pytest.param("Priced", SCHEMA, '{"name":"Hammer","pricing":{"model":"gift"}}', id="out of range"),
        pytest.param("Priced", SCHEMA, "{", id="no JSON"),
        pytest.param("Priced", SCHEMA, b"\xff", id="no UTF-8"),
        pytest.param("Priced", SCHEMA, b'{"name":"\xff","pricing":null}', id="no UTF-8 in a string"),
        pytest.param("Priced", SCHEMA, "[]", id="no object"),
    ],
)
def test_what_cannot_be_read_is_an_undecodable_event(name: str, schema: int, data: str | bytes) -> None:
    with pytest.raises(UndecodableEventError, match=name):
        PRICED.decode(name, schema, data)
