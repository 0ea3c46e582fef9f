"""Reads JSON over a keep-alive connection that costs little, for tests that read by the ten thousand."""

import http.client
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

import msgspec

from tests.support.service import TIMEOUT_S


class JsonReader:
    """One connection to a service."""

    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        assert address.hostname
        self._connection = http.client.HTTPConnection(address.hostname, address.port, timeout=TIMEOUT_S)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def get(self, path: str, asked: Mapping[str, str | int]) -> Any:  # noqa: ANN401 - JSON
        """Read what has to be there."""
        target = f"{path}?{urlencode(asked)}" if asked else path
        try:
            status, body = self._exchange(target)
        except ConnectionError:  # the service closes what was idle for long
            self._connection.close()
            status, body = self._exchange(target)
        assert status == http.HTTPStatus.OK, body
        return msgspec.json.decode(body)

    def _exchange(self, target: str) -> tuple[int, bytes]:
        self._connection.request("GET", target)
        answer = self._connection.getresponse()
        return answer.status, answer.read()
