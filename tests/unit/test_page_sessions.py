"""The parts of sessions and forms: ways back that stay on the site, seals, and a setting."""

from string import printable
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import UnusableError
from service.pages.session.redirects import local_path
from service.pages.session.signer import Signer, from_text, masked, to_text, unmasked
from service.server.settings import read_anonymous_votes

SECRET = "s" * 32
SITE = "https://ostraka.example"


@given(st.text(st.sampled_from("/\\.:@?#%evil\t\r\n \u00e4\u2028"), max_size=12) | st.text(printable))
def test_whatever_is_asked_the_way_back_stays_on_the_site(asked: str) -> None:
    path = local_path(asked)
    # As browsers read addresses: a backslash is a slash, and tabs and line ends are not there.
    browsed = path.replace("\\", "/").replace("\t", "").replace("\r", "").replace("\n", "")
    assert urlsplit(urljoin(SITE, browsed)).netloc == "ostraka.example"
    assert path.isascii()
    assert path.isprintable()


@given(st.sampled_from(["/", "/tools/x", "/compare/a-vs-b?context=c&with=d#vote-a", "/search?q=%20%2F"]))
def test_a_path_of_the_site_is_the_way_back(path: str) -> None:
    assert local_path(path) == path


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_seal_fits_its_own_text_purpose_and_secret_alone(one: str, other: str) -> None:
    signer = Signer(SECRET, "", anonymous_votes=False)
    seal = signer.sign("form", one)
    assert (seal == signer.sign("form", other)) == (one == other)
    assert seal != signer.sign("visitor", one)
    assert seal != Signer(SECRET + "s", "", anonymous_votes=False).sign("form", one)


@given(st.binary(min_size=16, max_size=16))
def test_a_masked_seal_differs_each_time_and_comes_back_the_same(seal: bytes) -> None:
    assert masked(seal) != masked(seal)
    assert unmasked(masked(seal)) == seal


@given(st.text(max_size=60))
def test_what_is_no_seal_is_read_without_a_word(text: str) -> None:
    assert len(unmasked(text)) in {0, 16}
    assert to_text(from_text(to_text(text.encode()))) == to_text(text.encode())


@pytest.mark.parametrize(
    ("origin", "own"),
    [
        (b"http://one.example", True),
        (b"https://ONE.example", True),
        (b"https://ostraka.example", True),
        (b"https://one.example:8443", False),
        (b"https://one.example.evil.example", False),
        (b"https://evil.example/one.example", False),
        (b"file://one.example", False),
        (b"null", False),
        (b"", False),
        (b"http://[", False),
    ],
)
def test_only_the_site_itself_is_its_own_origin(origin: bytes, *, own: bool) -> None:
    assert Signer(SECRET, SITE, anonymous_votes=False).is_own(origin, b"one.example") is own


@pytest.mark.parametrize(("word", "allowed"), [(None, False), ("refuse", False), ("allow", True)])
def test_anonymous_votes_are_refused_unless_allowed(
    monkeypatch: pytest.MonkeyPatch, word: str | None, *, allowed: bool
) -> None:
    monkeypatch.delenv("OSTRAKA_ANONYMOUS_VOTES", raising=False)
    if word is not None:
        monkeypatch.setenv("OSTRAKA_ANONYMOUS_VOTES", word)
    assert read_anonymous_votes() is allowed


@pytest.mark.parametrize("word", ["", "yes", "Allow", "allow "])
def test_another_word_on_anonymous_votes_is_refused(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("OSTRAKA_ANONYMOUS_VOTES", word)
    with pytest.raises(UnusableError, match="must be allow or refuse"):
        read_anonymous_votes()
