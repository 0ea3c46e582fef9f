"""The same server (`ostraka serve`, same options) with something left out, to measure limits with.

`python -m tests.benchmarks.variants NAME …` runs `ostraka …` with one thing exchanged:

- `empty`   the app is an empty Litestar: it decodes a vote's body, and answers bytes that were made before
- `template`  the app fills in templates that hold nothing but text, from the folder named by `TEMPLATES`
- `single`  the writer commits each request by itself
"""

import os
import sys
from pathlib import Path
from typing import Any, Final
from unittest import mock

import click
from litestar import Litestar, get, put
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Template
from litestar.template import TemplateConfig
from litestar.types import ASGIApp

from service.__main__ import main
from service.http.response import Response, not_modified
from service.http.schemas import VoteBody

TEMPLATES: Final = "OSTRAKA_BENCH_TEMPLATES"
"""The environment variable that names a folder."""

SCORE = (
    b'{"tool":"tool-0000","position":100000,"rule":"2026-11","panel":{"ship":4,"skip":0,"share":1.0},'
    b'"community":{"ship":812,"skip":204,"votes":1016,"share":0.7992,"interval":[0.7735,0.8227]},'
    b'"excluded":{"votes":0,"by_reason":{}}}'
)
ETAG = b'W/"2026-11-100000-100000"'
HEADERS = ((b"etag", ETAG), (b"cache-control", b"no-cache"))


def empty_app(*_: object) -> Litestar:
    """Build the app that does nothing but what Litestar does."""
    vote = Response(b'{"position":1000000,"changed":true}')
    score, unchanged = Response(SCORE, headers=HEADERS), not_modified(ETAG)

    @put("/v1/tools/{slug:str}/vote")
    async def put_vote(slug: str, data: VoteBody) -> ASGIApp:
        _ = slug, data
        return vote

    @get("/v1/tools/{slug:str}/score")
    async def get_score(slug: str) -> ASGIApp:
        _ = slug
        return score

    @get("/v1/tools/{slug:str}/unchanged")
    async def get_unchanged(slug: str) -> ASGIApp:
        _ = slug
        return unchanged

    return Litestar([put_vote, get_score, get_unchanged, get_ready], openapi_config=None, logging_config=None)


def template_app(*_: object) -> Litestar:
    """Build the app that fills in templates in which there is nothing to fill in."""

    @get("/{name:str}")
    async def get_page(name: str) -> Template:
        return Template(name)

    return Litestar(
        [get_page, get_ready],
        template_config=TemplateConfig(directory=Path(os.environ[TEMPLATES]), engine=JinjaTemplateEngine),
        openapi_config=None,
        logging_config=None,
    )


@get("/health/ready")
async def get_ready() -> dict[str, bool]:
    """Tell that there is nothing to wait for."""
    return {"ready": True}


EXCHANGED: dict[str, tuple[str, Any]] = {
    "empty": ("service.cli.serve.create_app", empty_app),
    "template": ("service.cli.serve.create_app", template_app),
    "single": ("events.log.writer.BATCH_COMMANDS_MAX", 1),
}


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in EXCHANGED:
        raise click.UsageError(str(__doc__))
    target, other = EXCHANGED[sys.argv.pop(1)]
    with mock.patch(target, other):
        sys.exit(main())
