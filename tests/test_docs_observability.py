"""docs/observability.md: each block of Python is a file that does what the page says, with the real OpenTelemetry."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from documents import blocks, broken_links
from serving import environment_with
from suites import ROOT, outcome_of

from replicate_typed import Client, MockTransport

PAGE = ROOT / "docs" / "observability.md"
TEXT = PAGE.read_text(encoding="utf-8")
FILES = {block.partition("\n")[0].removeprefix("# "): block for block in blocks(TEXT)}


def names_of(file: str) -> dict[str, Any]:
    """What a file of the page defines."""
    names: dict[str, Any] = {"__name__": file}
    exec(FILES[file], names)
    return names


@pytest.fixture
def mock() -> MockTransport:
    service = MockTransport()

    @service.model("acme/painter", starting=1, processing=9)
    def painter(prompt: str) -> str:
        service.log("loading")
        service.log("50%|█████     | 5/10 [00:05<00:05,  1.00it/s]")
        return prompt

    return service


def test_the_lines_of_the_page_are_those_that_are_logged(mock: MockTransport, caplog: pytest.LogCaptureFixture) -> None:
    """In the same form, but for ids and times."""
    names_of("own_log.py")["paint"](Client(transport=mock), "fox")
    (page,) = blocks(TEXT, "text")
    shown = [line.partition("replicate_typed: ")[2] for line in page.splitlines()]
    logged = [record.getMessage() for record in caplog.records if record.name == "replicate_typed"]
    logging.getLogger("replicate_typed").setLevel(logging.NOTSET)

    def essence(line: str) -> str:
        return re.sub(r"\d+ ms.*|(?<=prediction )\S+|(?<=predictions/)[^:]+", "*", line)

    assert set(map(essence, logged)) <= set(map(essence, shown))
    assert len(logged) == 4


def test_the_progress_of_the_page_is_shown(mock: MockTransport, capsys: pytest.CaptureFixture[str]) -> None:
    """With the logs, as they come."""
    assert names_of("progress.py")["paint"](Client(transport=mock), "fox") == "fox"
    bar = " 50%|█████     | 5/10 [00:05<00:05,  1.00it/s]".strip()
    assert capsys.readouterr().out == f"loading\n{bar}\nprocessing: 5 of 10 steps\nsucceeded: 5 of 10 steps\n"


def test_the_hooks_of_the_page_are_called(mock: MockTransport) -> None:
    """For each request."""
    names = names_of("hooks.py")
    seen: list[httpx.Headers] = []

    def remember(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers)
        return mock.handle_request(request)

    client = names["with_hooks"](Client(transport=httpx.MockTransport(remember)))
    client.hardware.list()
    assert names["answers"] == {200: 1}
    assert len(seen[0]["x-correlation-id"]) == 36


def test_the_ids_and_limits_of_the_page_are_said(mock: MockTransport, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a success and of an error."""
    say = names_of("limits.py")["say"]
    say(Client(transport=mock))
    mock.fail("hardware.list", status=400)
    say(Client(transport=mock))
    good, bad = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"200, request id \S+, limit RateLimit\(remaining=\d+, reset=\S+\)", good)
    assert re.fullmatch(r"400, request id \S+", bad)


def test_the_trace_of_the_page_has_every_request(tmp_path: Path) -> None:
    """By its own test, in a process of its own."""
    assert "1 passed" in outcome_of(FILES, tmp_path)


ASYNC = """
import asyncio
import httpx
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from replicate_typed import APIStatusError, AsyncClient, MockTransport

async def main():
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    mock = MockTransport()
    mock.fail("hardware.list", status=503)
    http = httpx.AsyncClient(transport=mock)
    HTTPXClientInstrumentor.instrument_client(http, tracer_provider=provider)
    async with AsyncClient(token="r8_secret", transport=http) as client:
        await client.hardware.list()
    spans = exporter.get_finished_spans()
    assert [span.attributes["http.status_code"] for span in spans] == [503, 200]
    assert "r8_secret" not in "".join(span.to_json() for span in spans)
    print(dict(spans[0].attributes))

asyncio.run(main())
"""


def test_an_async_client_is_traced_too() -> None:
    """Each try is a span; none holds the token, not even with all headers recorded, by the settings of the page."""
    names = re.findall(r"`(OTEL_\w+)(?:=(\w+))?`", TEXT)
    environment = environment_with(**{name: value or ".*" for name, value in names})
    run = subprocess.run([sys.executable, "-c", ASYNC], capture_output=True, text=True, check=False, env=environment)
    assert run.returncode == 0, run.stderr
    assert "'http.request.header.authorization': ('[REDACTED]',)" in run.stdout
    assert "replicate-typed/" in run.stdout


def test_the_links_of_the_page_lead_to_what_is_there() -> None:
    """From where it is."""
    assert broken_links(TEXT, PAGE.parent) == []
