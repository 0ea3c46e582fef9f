"""The OpenAPI schema as it is served, in a form whose differences can be read.

`python -m tests.support.schema` writes the golden file anew.
"""

from typing import Any, Final

import msgspec

from service.app import create_app
from service.http.sse import Streams
from service.server.settings import Settings
from tests.support.golden import FOLDER

GOLDEN: Final = FOLDER / "openapi.json"


def served_schema() -> dict[str, Any]:
    """Build the document that `/schema` serves, without a server."""
    app = create_app(Settings(database_url="", redis_url="", secret="x" * 32), Streams())
    plugins: list[Any] = list(app.openapi_config.render_plugins) if app.openapi_config else []
    [plugin] = plugins
    return msgspec.json.decode(plugin.render(None, app.openapi_schema.to_schema()))


def normalised(document: dict[str, Any]) -> str:
    """Write a document with keys and parameters in order, and without the version."""
    del document["info"]["version"]
    for item in document["paths"].values():
        for operation in item.values():
            parameters: list[dict[str, Any]] = operation.get("parameters", [])
            parameters.sort(key=lambda each: (each["in"], each["name"]))
    return msgspec.json.format(msgspec.json.encode(document, order="sorted"), indent=1).decode() + "\n"


if __name__ == "__main__":
    GOLDEN.write_text(normalised(served_schema()))
