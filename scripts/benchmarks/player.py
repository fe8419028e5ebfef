"""A cassette at play: by vcrpy, or by our transport; asked and answering in lines of JSON.

Both read the same file, and both are asked for the same, in the same order.
"""

from __future__ import annotations

import gc
import importlib
import json
import sys
import time
from abc import ABC, abstractmethod
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .traffic import document, exchanges, page_of_models
from .worker import check, obey, repeated, versions

if TYPE_CHECKING:
    import httpx

TOKEN = "r8_not_a_real_one"
now = time.perf_counter


class Player(ABC):
    """A way to play the cassettes of a folder."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._exchanges = exchanges()

    def versions(self) -> dict[str, str]:
        return versions()

    def load(self, seconds: float, name: str) -> float:
        """Seconds from a file to a cassette that is ready."""
        return repeated(lambda: self._load(self._path(name)), seconds)

    def replay(self, seconds: float) -> float:
        """Seconds of one answer, from the first request to the last one, of a cassette that is ready."""
        gc.collect()
        spent, done = 0.0, 0
        while spent < seconds:
            spent += self._replay(self._path("traffic"))
            done += len(self._exchanges)
        return spent / done

    def load_and_replay(self, seconds: float) -> float:
        """Seconds of one answer, when the cassette is loaded for it and the others."""
        return repeated(lambda: self._replay(self._path("traffic")), seconds) / len(self._exchanges)

    def _path(self, name: str) -> str:
        return str(Path(self._folder) / f"{name}.yaml")

    @abstractmethod
    def _load(self, path: str) -> None:
        """Have a cassette ready."""

    @abstractmethod
    def _replay(self, path: str) -> float:
        """Have one ready, ask for all that is in it, and tell the seconds of the latter."""


class Vcrpy(Player):
    """vcrpy round httpx, and json; it is not installed where this is type-checked."""

    @cached_property
    def _vcr(self) -> Any:
        vcr: Any = importlib.import_module("vcr")
        return vcr.VCR(record_mode="none")

    @cached_property
    def _client(self) -> httpx.Client:
        import httpx

        return httpx.Client(headers={"Authorization": f"Bearer {TOKEN}"})

    def write(self) -> None:
        """Write the cassettes that are played by all."""
        serializer: Any = importlib.import_module("vcr.serializers.yamlserializer")
        for name, recorded in (("traffic", self._exchanges), ("page", [page_of_models()])):
            Path(self._path(name)).write_text(serializer.serialize(document(recorded)), encoding="utf-8")

    def _load(self, path: str) -> None:
        with self._vcr.use_cassette(path) as cassette:
            check(len(cassette) > 0)

    def _replay(self, path: str) -> float:
        client = self._client
        found: Any = None
        with self._vcr.use_cassette(path):
            start = now()
            for exchange in self._exchanges:
                response = client.request(exchange.method, exchange.url, json=exchange.body)
                found = json.loads(response.content)
            end = now()
        check(f"/models/{found['owner']}/{found['name']}" == self._exchanges[-1].path)
        return end - start


class Ours(Player):
    """Our transport under our client."""

    def _load(self, path: str) -> None:
        from replicate_typed import RecordedTransport

        check(len(RecordedTransport(path, mode="none").unused) > 0)

    def _replay(self, path: str) -> float:
        from replicate_typed import Client, RecordedTransport

        with Client(token=TOKEN, transport=RecordedTransport(path, mode="none")) as client:
            calls = [(attrgetter(each.call)(client), each.arguments) for each in self._exchanges]
            found: Any = None
            start = now()
            for call, arguments in calls:
                found = call(*arguments)
            end = now()
        check(f"/models/{found.owner}/{found.name}" == self._exchanges[-1].path)
        return end - start


PLAYERS: dict[str, type[Player]] = {"Vcrpy": Vcrpy, "Ours": Ours}


if __name__ == "__main__":
    obey(lambda: PLAYERS[sys.argv[1]](sys.argv[2]))
