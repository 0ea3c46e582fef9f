"""The pages that a posted form of the console is answered with are valid, too, whatever they say."""

from pathlib import Path

from tests.browser.validating import complaints
from tests.support.forms import sign_in
from tests.support.ruling_desk import PREVIEW, applied, apply, post, previewed, voted
from tests.support.service import Caller, Service, fresh


async def test_what_answers_a_form_is_valid_html(service: Service, tmp_path: Path) -> None:
    async with service.client() as client:
        await sign_in(service, client, service.token("moderator", "mo"))
        desk = Caller(service, client)
        tool, places = await voted(desk, "ship", "skip", "ship")
        await desk.list_tool(other := fresh())
        await desk.prefer(tool, other, "ann", "tie", "framing")
        ticked = {"scope": "rows", "position": [str(place) for place in places[:2]]}
        pages = {"preview": await previewed(desk, tool=tool), "ticked": await previewed(desk, **ticked)}
        pages["nothing to do"] = await previewed(desk, tool=fresh())
        pages["unclear"] = (await post(desk, PREVIEW, action="retract", scope="rows")).text
        pages["no time"] = (await post(desk, PREVIEW, tool=tool, **{"from": "yesterday"})).text
        pages["forged"] = (await apply(desk, 'name="token" value="forged"')).text
        await desk.vote(tool, "late", "ship")
        pages["more by now"] = (await apply(desk, pages["preview"])).text
        batch = await applied(desk, pages["ticked"])
        address = f"/moderation/batches/{batch['id']}"
        pages["revert"] = (await post(desk, f"{address}/revert-preview")).text
        pages["too late"] = (await post(desk, f"{address}/cancel")).text
    for name, page in pages.items():
        assert "<h1" in page, name
        (tmp_path / f"{name}.html").write_text(page, "utf-8")
    assert await complaints(tmp_path) == ""
