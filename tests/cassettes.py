"""The recorded traffic that lies beside the repository, if it does."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "cassettes"
needs_cassettes = pytest.mark.skipif(not FOLDER.is_dir(), reason="the recorded traffic is not at hand")


@dataclass(frozen=True)
class Exchange:
    """One recorded request and its answer."""

    cassette: str
    number: int
    method: str
    path: str
    """Below `/v1`, without a query."""
    status: int
    content_type: str
    text: str

    def __str__(self) -> str:
        return f"{self.cassette}-{self.number}"

    @property
    def json(self) -> Any:
        return json.loads(self.text)


def exchanges() -> list[Exchange]:
    """Every exchange with the API; none when the folder is not there."""
    found: list[Exchange] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader)
        found += [_exchange(path.stem, number, each) for number, each in enumerate(loaded["interactions"])]
    return [each for each in found if each.path]


Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _exchange(cassette: str, number: int, recorded: dict[str, Any]) -> Exchange:
    request, response = recorded["request"], recorded["response"]
    url = urlsplit(str(request["uri"]))
    headers = {name.lower(): values for name, values in response["headers"].items()}
    text: Any = response["content"] if "content" in response else response["body"]["string"]
    return Exchange(
        cassette=cassette,
        number=number,
        method=request["method"],
        path=url.path.removeprefix("/v1") if url.hostname == "api.replicate.com" else "",
        status=response.get("status_code") or response["status"]["code"],
        content_type="".join(headers.get("content-type", "")),
        text=text if isinstance(text, str) else text.decode(),
    )
