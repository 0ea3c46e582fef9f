"""Pages a second, remembered and made anew, beside a handler whose template says the same bytes."""

import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import httpx

from service.cli.token import make_token
from service.pages.session.cookies import SESSION
from tests.benchmarks.figures import Figure, Setting
from tests.benchmarks.load import Load, run_load
from tests.benchmarks.log import accounts, fill, slugs
from tests.benchmarks.rounds import Measure, in_turn
from tests.benchmarks.servers import SECRET, Machine, running_api
from tests.benchmarks.variants import TEMPLATES
from tests.support.database import url_of

ONE, OTHER = slugs(2)
PAGES: Final[Mapping[str, str]] = {
    "the front page": "/",
    "a tool": f"/tools/{ONE}",
    "a leaderboard": "/leaderboards/all",
    "a comparison": f"/compare/{ONE}-vs-{OTHER}",
}
READERS: Final = 32


def reading(port: int, path: str, *, seconds: float, cookie: str = "") -> Measure:
    """Describe readers who ask for a page again and again."""
    load = Load(
        port=port,
        heads=[f"GET {path} HTTP/1.1\r\nHost: bench\r\nAccept: text/html\r\n".encode()],
        tails=[(f"Cookie: {cookie}\r\n\r\n" if cookie else "\r\n").encode()],
        bodies=[b""],
        connections=READERS,
        seconds=seconds,
    )

    async def read() -> float:
        return (await run_load(load)).per_s

    return read


async def measure(machine: Machine, setting: Setting) -> list[Figure]:
    """Measure page reads a second: as a reader gets them, and as somebody does who is signed in."""
    url = url_of(machine.server_url, await fill(machine, events=setting.events))
    figures: list[Figure] = []
    with (
        tempfile.TemporaryDirectory(prefix="ostraka-bench-pages-") as folder,
        running_api(machine, url) as api,
        running_api(machine, url, variant="template", more={TEMPLATES: folder}) as empty,
    ):
        names = _keep(api.port, Path(folder))
        for page, path in PAGES.items():
            remembered, anew, limit = await in_turn(
                setting.rounds,
                reading(api.port, path, seconds=setting.seconds),
                reading(api.port, path, seconds=setting.seconds, cookie=_signed_in()),
                reading(empty.port, f"/{names[page]}", seconds=setting.seconds),
            )
            figures += [
                _figure(setting, page, remembered, limit),
                _figure(setting, f"{page}, written for a voter", anew, limit),
            ]
    return figures


def _keep(port: int, folder: Path) -> Mapping[str, str]:
    """Write each page down as a template that says just its bytes; return the templates' names."""
    names = {page: f"{number}.html" for number, page in enumerate(PAGES)}
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        for page, path in PAGES.items():
            text = client.get(path, headers={"Accept-Encoding": "identity"}).raise_for_status().text
            (folder / names[page]).write_text(f"{{% raw %}}{text}{{% endraw %}}", "utf-8")
    return names


def _signed_in() -> str:
    voter = accounts(1)[0]
    return (
        f"{SESSION}={make_token(role='voter', subject=voter, secret=SECRET, now=datetime.now(UTC), days=1)}"
    )


def _figure(setting: Setting, name: str, value: float, limit: float) -> Figure:
    return Figure(
        group="pages",
        name=f"pages over HTTP, {name}",
        events=setting.events,
        value=value,
        unit="pages/s",
        limit=limit,
        limit_name="an empty template of the same bytes",
    )
