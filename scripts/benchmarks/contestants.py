"""Who is measured, and where."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .clients import CLIENTS
from .environments import Environment, make, this_checkout
from .processes import Child, FailedError, child

OURS, BASELINE, AGAIN = "replicate_typed", "httpx by hand", "httpx by hand, again"
HERE, SERVED = this_checkout("ours"), this_checkout("ours-served", extra="serve")


@dataclass(frozen=True)
class Contestant:
    """A client under the name that it is shown by."""

    name: str
    client: str
    environment: Environment

    @property
    def start(self) -> tuple[str, str, str]:
        return CLIENTS[self.client].start


def peer(requirement: str) -> Environment:
    """Where another client is."""
    return Environment(requirement.replace("==", "-"), (requirement,))


CONTESTANTS = (
    Contestant(BASELINE, "HandWritten", HERE),
    Contestant(AGAIN, "HandWritten", HERE),
    Contestant(OURS, "Ours", HERE),
    Contestant("replicate 1.0.7", "Replicate1", peer("replicate==1.0.7")),
    Contestant("replicate 2.0.0b4", "Replicate2", peer("replicate==2.0.0b4")),
)

Pythons = Mapping[str, Path | FailedError]


async def environments(wanted: Iterable[Environment], say: Callable[[str], None]) -> Pythons:
    """The Python of each environment by name, or why there is none."""
    pythons: dict[str, Path | FailedError] = {}
    for environment in dict.fromkeys(wanted):
        try:
            pythons[environment.name] = await make(environment, say)
        except FailedError as error:
            pythons[environment.name] = error
    return pythons


@dataclass
class Entrant:
    """A contestant that is ready."""

    contestant: Contestant
    python: Path
    versions: dict[str, str]
    """Of all that is installed beside it."""
    worker: Child

    @property
    def name(self) -> str:
        return self.contestant.name


@dataclass
class Field:
    """All who are measured, those who cannot be, with the reason, and where they send requests."""

    entrants: list[Entrant]
    absent: dict[str, str]
    url: str
    service: Child

    async def asked(self) -> Any:
        """What the service was asked of each run, by name."""
        return await self.service.ask()


@asynccontextmanager
async def field(contestants: Sequence[Contestant], pythons: Pythons, own: Path) -> AsyncGenerator[Field]:
    """The service and the workers, as long as they are needed."""
    async with AsyncExitStack() as stack:
        service = await stack.enter_async_context(child(own, "service"))
        url = (await service.hear())["url"]
        ready = Field([], {}, url, service)
        for contestant in contestants:
            python = pythons[contestant.environment.name]
            if isinstance(python, FailedError):
                ready.absent[contestant.name] = str(python)
                continue
            worker = await stack.enter_async_context(child(python, "worker", contestant.client, url))
            try:
                async with asyncio.timeout(60):
                    versions = await worker.ask(do="versions")
            except (FailedError, TimeoutError) as error:
                ready.absent[contestant.name] = f"does not start: {error}"
            else:
                ready.entrants.append(Entrant(contestant, python, versions, worker))
        yield ready
