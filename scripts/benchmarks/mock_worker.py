"""The service in memory at work: asked and answering in lines of JSON."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from .worker import check, obey, repeated, versions

if TYPE_CHECKING:
    from replicate_typed import Client

PROMPT = "a 19th century portrait of a wombat gentleman, number {}"


class MockWorker:
    """Runs of a model that takes no time."""

    def versions(self) -> dict[str, str]:
        return versions()

    def run(self, seconds: float) -> float:
        """Seconds of this process's own time that one run takes, one after the other, on a new service."""
        client = client_of_the_service()
        prompt = {"prompt": PROMPT}
        check(client.run("acme/echo", prompt) == PROMPT)
        return repeated(lambda: client.run("acme/echo", prompt), seconds, time.process_time)

    def memory(self, runs: int) -> tuple[int, int]:
        """The bytes that this process took at most, up to the end of the first run, and of the last."""
        client = client_of_the_service()
        first = 0
        for number in range(runs):
            prompt = PROMPT.format(number)
            check(client.run("acme/echo", {"prompt": prompt}) == prompt)
            first = first or peak()
        return first, peak()


def client_of_the_service() -> Client:
    """A client of a service of its own."""
    from replicate_typed import Client, MockTransport

    mock = MockTransport(creates_per_minute=10**9)  # no time passes in a minute without end

    @mock.model("acme/echo", starting=0, processing=0)
    def echo(prompt: str) -> str:
        return prompt

    return Client(transport=mock)


def peak() -> int:
    """How many bytes this process had at most. Where Linux tells it, its children's and parents' do not count."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


if __name__ == "__main__":
    obey(MockWorker)
