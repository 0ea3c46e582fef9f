"""Text on pictures fits, and what is shared is whole and harmless."""

from hypothesis import given
from hypothesis import strategies as st

from events.ids import Position
from projections.catalogue.queries import Tool
from projections.rules.tallies import Tally
from service.pages.rendering.products import Product
from service.pages.rendering.tags import SITE_PICTURE, LinkPreview, tags_of
from service.pages.sharing.lettering import fit_text

TEXTS = st.text(st.characters(codec="utf-8", max_codepoint=0x24F), max_size=200)
SITE = "https://ostraka.example"


@given(text=TEXTS, width=st.integers(60, 1_000), lines_max=st.integers(1, 3))
def test_text_fits_its_place_whatever_it_is(text: str, width: int, lines_max: int) -> None:
    lines, face = fit_text(text, "Regular", size_px=80, size_px_min=20, width_px=width, lines_max=lines_max)
    assert len(lines) <= lines_max
    assert all(face.getlength(line) <= width for line in lines)


@given(text=TEXTS)
def test_text_that_has_room_is_written_in_full(text: str) -> None:
    lines, face = fit_text(text, "Regular", size_px=80, size_px_min=20, width_px=100_000, lines_max=1)
    assert " ".join(lines) == " ".join(text.split())
    assert face.size == 80


@given(name=TEXTS)
def test_no_name_ends_the_element_that_holds_it(name: str) -> None:
    tool = Tool("slug", f"</script>{name}", "", "category", "", "", "", None, Position(1))
    product = Product(tool, Tally(ship=0, skip=0), [])
    tags = tags_of(LinkPreview(products=[product]), path="/tools/slug", site="")
    assert tags.linked_data is not None
    assert not {"<", ">", "&"} & set(tags.linked_data)


def test_links_are_whole_where_the_site_is_known() -> None:
    tags = tags_of(LinkPreview(), path="/tools/slug", site=SITE)
    assert (tags.url, tags.picture) == (f"{SITE}/tools/slug", SITE + SITE_PICTURE)
    assert tags.linked_data is None
