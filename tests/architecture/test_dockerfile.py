"""The image: pinned, checked by hash, and not run by root. No engine is needed to hold this."""

import re
from dataclasses import dataclass

import pytest

from tests.architecture.project import PACKAGES, ROOT

EXACT_IMAGE = re.compile(r"^[a-z0-9./-]+:\d+(\.\d+)+-[a-z0-9.-]+$")


@dataclass(frozen=True)
class Instruction:
    name: str
    arguments: str


def instructions() -> list[Instruction]:
    """Read the Dockerfile as one instruction a line, without comments."""
    text = (ROOT / ".ci" / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    words = [line.split(maxsplit=1) for line in joined.splitlines() if line.strip()]
    return [Instruction(name, arguments) for name, arguments in words]


def arguments_of(name: str) -> list[str]:
    return [each.arguments for each in instructions() if each.name == name]


def last_stage() -> list[Instruction]:
    every = instructions()
    start = max(index for index, each in enumerate(every) if each.name == "FROM")
    return every[start:]


def test_every_stage_starts_from_an_exact_tag() -> None:
    images = [arguments.split()[0] for arguments in arguments_of("FROM")]

    assert images
    assert [image for image in images if not EXACT_IMAGE.match(image)] == []


def test_the_stages_share_one_python() -> None:
    assert len({arguments.split()[0] for arguments in arguments_of("FROM")}) == 1


def test_the_image_is_run_by_an_ordinary_user_given_by_number() -> None:
    users = [each.arguments for each in last_stage() if each.name == "USER"]

    assert users
    assert all(int(number) > 0 for number in users[-1].split(":"))


def test_whatever_pip_installs_is_checked_by_hash_or_is_our_own_wheel() -> None:
    commands = [command for run in arguments_of("RUN") for command in run.split(" && ") if "pip" in command]
    installs = [command for command in commands if re.search(r"\bpip\b.*\b(install|wheel)\b", command)]

    assert len(installs) == 3
    for command in installs:
        own = "--no-deps" in command and ("--build-constraint" in command or "/wheels/ostraka" in command)
        assert "--require-hashes" in command or own, command


def test_the_last_stage_builds_nothing() -> None:
    assert not [each for each in last_stage() if each.name == "RUN" and "pip" in each.arguments]


@pytest.mark.parametrize("secret", ["OSTRAKA_SECRET", "POSTGRES_PASSWORD"])
def test_no_secret_is_baked_into_the_image(secret: str) -> None:
    assert not [each for each in instructions() if secret in each.arguments]


def test_the_build_sees_the_packages_and_their_metadata_only() -> None:
    ignore = (ROOT / ".ci" / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    patterns = [line for line in ignore if line and not line.startswith("#")]
    let_in = {pattern.removeprefix("!").removesuffix("/") for pattern in patterns if pattern.startswith("!")}
    metadata = {"LICENSE", "README.md", "pyproject.toml", "requirements.txt", "requirements-build.txt"}

    assert patterns[0] == "*"
    assert let_in == metadata | set(PACKAGES)
