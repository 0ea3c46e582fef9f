"""Names into slugs, against what the log holds already."""

from events.log.connection import Pool
from service.importing.naming import Naming
from service.importing.rejects import RejectReason
from tests.support.logs import list_tool, open_writer, write


async def learn(pool: Pool, *names: str, create: bool = True) -> list[str | None]:
    naming = Naming(pool, create=create)
    await naming.learn(names)
    return [None if isinstance(slug := naming.slugs[name], RejectReason) else slug for name in names]


async def test_a_name_becomes_the_slug_that_slugify_makes(pool: Pool) -> None:
    assert await learn(pool, "Llama 4 Compact (12B)", "Qwen2.5-14B", "phi-4", "a--b") == [
        "llama-4-compact-12b",
        "qwen2-5-14b",
        "phi-4",
        "a--b",
    ]


async def test_two_names_never_get_the_same_slug(pool: Pool) -> None:
    assert await learn(pool, "C++", "C#", "c", "C++") == ["c", "c-2", "c-3", "c"]


async def test_a_name_finds_the_slug_it_was_given_in_any_order(pool: Pool, database_url: str) -> None:
    async with open_writer(database_url) as writer:
        await write(
            writer, list_tool("c", name="C++"), list_tool("c-2", name="C#"), list_tool("c-3", name="c")
        )
    assert await learn(pool, "c", "C#", "C++", "C") == ["c-3", "c-2", "c", "c-4"]
    assert await learn(pool, "C", "C#", create=False) == ["c", "c-2"]


async def test_a_renamed_tool_is_found_by_its_former_name(pool: Pool, database_url: str) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer", name="Hammer!"), list_tool("hammer", name="Sledge"))
    assert await learn(pool, "Hammer!", "hammer") == ["hammer", "hammer-2"]
    assert await learn(pool, "hammer") == ["hammer"]


async def test_without_creating_a_second_name_of_a_slug_is_unusable(pool: Pool, database_url: str) -> None:
    async with open_writer(database_url) as writer:
        await write(writer, list_tool("hammer", name="Hammer"))
    assert await learn(pool, "HAMMER", "hammer!", "Hammer", create=False) == [None, None, "hammer"]
    assert await learn(pool, "HAMMER", create=False) == ["hammer"]


async def test_a_name_that_makes_no_slug_is_unusable(pool: Pool) -> None:
    assert await learn(pool, "!!!", "x" * 201, "a\0b", " ") == [None, None, None, None]
