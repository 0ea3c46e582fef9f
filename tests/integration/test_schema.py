"""The schema that stands in the repository is the one that the migrations make."""

from tests.support.log_schema import FOLDER, read_schema


async def test_the_schema_files_show_what_the_migrations_make(server_url: str) -> None:
    files = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.iterdir()}
    assert files == await read_schema(server_url)
