"""A client at work in an environment of its own: asked and answering in lines of JSON.

Every round begins with the garbage collected, and runs with the collector on, as programs do.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from importlib import metadata
from typing import TYPE_CHECKING, Any, TypeVar, cast

from . import bodies
from .clients import CLIENTS, Client, Get, Run

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")
now = time.perf_counter


class WrongAnswerError(Exception):
    """The client did not give what was asked for: there is nothing to measure."""


def attribute(value: Any, name: str) -> Any:
    """Of a model, or of plain JSON."""
    is_plain = isinstance(cast("object", value), dict)
    return value[name] if is_plain else getattr(value, name)


class Worker:
    """One client, and what it keeps between rounds."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._loop = asyncio.Runner()
        self._calls: dict[object, Any] = {}

    def _kept(self, key: object, make: Callable[[], T]) -> T:
        """What was made in the first round: a connection, for one."""
        if key not in self._calls:
            self._calls[key] = make()
        call: T = self._calls[key]
        return call

    def versions(self) -> dict[str, str]:
        return versions()

    def get(self, seconds: float) -> float:
        """Seconds that one prediction takes, one after the other."""
        get = self._kept("get", self._client.get)
        check(attribute(get(), "id") == bodies.ID)
        return repeated(get, seconds)

    def get_async(self, seconds: float, in_flight: int) -> float:
        """Seconds that one prediction takes, with so many asked for at any time."""
        return self._loop.run(self._many(seconds, in_flight))

    async def _many(self, seconds: float, in_flight: int) -> float:
        get = self._kept(in_flight, self._client.get_async)
        check(attribute(await get(), "id") == bodies.ID)
        gc.collect()
        done = 0
        start = now()
        end = start + seconds

        async def one_after_the_other() -> None:
            nonlocal done
            while now() < end:
                await get()
                done += 1

        await asyncio.gather(*(one_after_the_other() for _ in range(in_flight)))
        return (now() - start) / done

    def _read_page(self, logs: str) -> Get:
        import httpx

        headers = {"Content-Type": "application/json"}
        response: httpx.Response = httpx.Response(200, headers=headers, content=bodies.page(getattr(bodies, logs)))
        read = self._client.read()
        return lambda: read(response)

    def page(self, seconds: float, logs: str) -> float:
        """Seconds from the bytes of a page to what the client makes of it."""
        read = self._kept(logs, lambda: self._read_page(logs))
        check(attribute(attribute(read(), "results")[-1], "status") == "succeeded")
        return repeated(read, seconds)

    def stream(self, seconds: float, kind: str) -> float:
        """Seconds that one event of a stream takes, which is read again and again."""
        stream = self._kept(kind, lambda: self._client.stream(kind))
        check(stream() == bodies.EVENTS[-1])
        return repeated(stream, seconds) / len(bodies.EVENTS)

    def run(self, lanes: list[dict[str, Any]], patience: float) -> list[dict[str, Any]]:
        """When each run returned, by the clock that processes share, or what it raised; lanes go side by side."""
        done: list[dict[str, Any]] = []
        client = self._client
        runs = [client.run_held() if lane["hold"] else client.run() for lane in lanes]
        threads = [
            threading.Thread(target=go, args=(run, lane, done), daemon=True)
            for run, lane in zip(runs, lanes, strict=True)
        ]
        gc.collect()
        for thread in threads:
            thread.start()
        end = time.monotonic() + patience
        for thread in threads:
            thread.join(max(0.0, end - time.monotonic()))
        return list(done)


def go(run: Run, lane: dict[str, Any], done: list[dict[str, Any]]) -> None:
    """The runs of one lane, one after the other."""
    time.sleep(lane["pause"])
    for wanted in lane["runs"]:
        error = ""
        try:
            output: Any = run(f"acme/{wanted['name']}", {"seconds": wanted["seconds"]})
            returned = time.monotonic()
            check(len(output) == len(bodies.OUTPUT))
        except Exception as raised:
            returned = time.monotonic()
            error = last_line(raised)
        done.append({"name": wanted["name"], "returned": returned, "error": error})


def versions() -> dict[str, str]:
    """Of all that is installed here."""
    return {found.name: found.version for found in metadata.distributions()}


def check(is_right: bool) -> None:
    if not is_right:
        raise WrongAnswerError("the client gave something else than what was asked for")


def repeated(call: Callable[[], object], seconds: float, now: Callable[[], float] = now) -> float:
    """The mean time of a call that is repeated for so long."""
    gc.collect()
    done = 0
    start = now()
    end = start + seconds
    while (last := now()) < end:
        call()
        done += 1
    return (last - start) / done


def last_line(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".strip().splitlines()[-1]


def obey(make: Callable[[], object]) -> None:
    """Let an object's methods answer, one line for each line that is asked."""
    # This package is imported by now. Clients may look for modules that are not there with every request, and each
    # folder that they look in costs.
    sys.path[:] = [folder for folder in sys.path if folder != os.environ.get("PYTHONPATH")]
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a client prints is not an answer
    worker = make()
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"value": getattr(worker, asked.pop("do"))(**asked)}
        except Exception as error:
            answer = {"error": last_line(error)}
        print(json.dumps(answer), file=answers, flush=True)


def main(kind: str, url: str) -> None:
    obey(lambda: Worker(CLIENTS[kind](url)))


if __name__ == "__main__":
    main(*sys.argv[1:])
