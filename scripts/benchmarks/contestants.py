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
VCRPY, VCRPY_AGAIN = "vcrpy 9.4.2", "vcrpy 9.4.2, again"
HERE, SERVED = this_checkout("ours"), this_checkout("ours-served", extra="serve")
RECORDED = this_checkout("ours-recorded", extra="recorded")


@dataclass(frozen=True)
class Contestant:
    """A client under the name that it is shown by."""

    name: str
    client: str
    environment: Environment

    @property
    def start(self) -> tuple[str, str, str]:
        return CLIENTS[self.client].start


def peer(requirement: str, *others: str) -> Environment:
    """Where another client is, with what else it is used with."""
    return Environment(requirement.replace("==", "-"), (requirement, *others))


CONTESTANTS = (
    Contestant(BASELINE, "HandWritten", HERE),
    Contestant(AGAIN, "HandWritten", HERE),
    Contestant(OURS, "Ours", HERE),
    Contestant("replicate 1.0.7", "Replicate1", peer("replicate==1.0.7")),
    Contestant("replicate 2.0.0b4", "Replicate2", peer("replicate==2.0.0b4")),
)
PLAYERS = (
    Contestant(VCRPY, "Vcrpy", peer("vcrpy==9.4.2", "httpx")),
    Contestant(VCRPY_AGAIN, "Vcrpy", peer("vcrpy==9.4.2", "httpx")),
    Contestant(OURS, "Ours", RECORDED),
)
"""Of cassettes."""

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


def python_of(pythons: Pythons, environment: Environment) -> Path:
    """The Python of an environment; raises FailedError if there is none."""
    python = pythons[environment.name]
    if isinstance(python, FailedError):
        raise python
    return python


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
class Entrants:
    """All who are measured, and those who cannot be, with the reason."""

    entrants: list[Entrant]
    absent: dict[str, str]


@dataclass
class Field(Entrants):
    """They, and where they send requests."""

    url: str
    service: Child

    async def asked(self) -> Any:
        """What the service was asked of each run, by name."""
        return await self.service.ask()


async def enter(
    stack: AsyncExitStack, contestants: Sequence[Contestant], pythons: Pythons, module: str, argument: str
) -> Entrants:
    """The workers of some contestants, until the stack is left."""
    ready = Entrants([], {})
    for contestant in contestants:
        python = pythons[contestant.environment.name]
        if isinstance(python, FailedError):
            ready.absent[contestant.name] = str(python)
            continue
        worker = await stack.enter_async_context(child(python, module, contestant.client, argument))
        try:
            async with asyncio.timeout(60):
                versions = await worker.ask(do="versions")
        except (FailedError, TimeoutError) as error:
            ready.absent[contestant.name] = f"does not start: {error}"
        else:
            ready.entrants.append(Entrant(contestant, python, versions, worker))
    return ready


@asynccontextmanager
async def field(contestants: Sequence[Contestant], pythons: Pythons, own: Path) -> AsyncGenerator[Field]:
    """The service and the workers, as long as they are needed."""
    async with AsyncExitStack() as stack:
        service = await stack.enter_async_context(child(own, "service"))
        url = (await service.hear())["url"]
        ready = await enter(stack, contestants, pythons, "worker", url)
        yield Field(ready.entrants, ready.absent, url, service)
