"""The schema that stands in the repository is the one that the migrations make."""

from tests.support.log_schema import FILE, read_schema


async def test_the_schema_file_shows_what_the_migrations_make(server_url: str) -> None:
    assert FILE.read_text(encoding="utf-8") == await read_schema(server_url)
