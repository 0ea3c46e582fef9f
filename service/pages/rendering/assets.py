"""The files that pages load: styles, scripts and images, read once and kept in memory.

Their addresses hold a hash of all of them. So they may be kept for ever, and scripts can import each other by
plain relative names.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from litestar import get
from litestar.exceptions import NotFoundException
from msgspec import Struct

from service.http.headers import CURRENT, FOR_EVER, SAFE_FILE
from service.http.request import Request, direct
from service.http.response import Response
from service.pages.rendering.representations import Representation

STYLE_SHEETS: Final[Mapping[str, Sequence[str]]] = {
    "site.css": (
        "tokens",
        "base",
        "frame",
        "parts",
        "charts",
        "board",
        "tool",
        "home",
        "compare",
        "matchups",
        "sides",
        "vote",
    ),
    "console.css": ("console/desk", "console/log", "console/rulings", "console/work"),
}
"""The style sheets that pages load and their parts, of which later ones may lean on earlier ones.

The console's comes after the one that all pages load; readers never load it.
"""

MEDIA_TYPES: Final = {
    "css": b"text/css; charset=utf-8",
    "js": b"text/javascript; charset=utf-8",
    "svg": b"image/svg+xml",
}
BROTLI_QUALITY_BEST: Final = 11

_FOLDER: Final = files("service.pages")


class Asset(Struct, frozen=True):
    """A file by both of its addresses: the one that names its contents, and any other."""

    kept: Representation
    current: Representation


class Assets(Struct, frozen=True):
    """All files, by name, and the hash of them all."""

    version: str
    files: dict[str, Asset]


@cache
def load() -> Assets:
    """Read all files once."""
    bodies = {
        sheet: b"".join(_read(_FOLDER / "styles" / f"{part}.css") for part in parts)
        for sheet, parts in STYLE_SHEETS.items()
    }
    for folder in ("scripts", "images"):
        bodies |= {file.name: _read(file) for file in sorted((_FOLDER / folder).iterdir(), key=str)}
    digest = blake2b(digest_size=6)
    for name, body in bodies.items():
        digest.update(name.encode() + b"\0" + body + b"\0")
    return Assets(digest.hexdigest(), {name: _asset(name, body) for name, body in bodies.items()})


def asset_address(name: str) -> str:
    """Return the address of a file.

    Raises:
        KeyError: there is no such file.
    """
    assets = load()
    _ = assets.files[name]
    return f"/static/{assets.version}/{name}"


@get("/static/{version:str}/{name:str}", include_in_schema=False)
@direct()
async def get_asset(request: Request) -> Response:
    """Serve a file. One of another version is the current one, but not for keeping: releases may overlap."""
    version, name = (request.scope["path_params"][part] for part in ("version", "name"))
    assets = load()
    asset = assets.files.get(name)
    if asset is None:
        raise NotFoundException(detail="There is no such file.")
    return (asset.kept if version == assets.version else asset.current).answer(request)


def _read(file: Traversable) -> bytes:
    return file.read_bytes()


def _asset(name: str, body: bytes) -> Asset:
    media_type = MEDIA_TYPES[name.rpartition(".")[2]]
    kept, current = (
        Representation(
            body, media_type=media_type, headers=(caching, *SAFE_FILE), brotli_quality=BROTLI_QUALITY_BEST
        )
        for caching in (FOR_EVER, CURRENT)
    )
    return Asset(kept, current)
