"""The types of typed models, for mypy and pyright to check; never run."""

from __future__ import annotations

import io
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, assert_type

import anyio
from typed.drawing import DrawingInput, DrawingOutput, DrawingOutputBoxes, drawing

import replicate_typed
from replicate_typed import (
    AsyncClient,
    AsyncEventStream,
    AsyncRun,
    Client,
    EventStream,
    FileInput,
    ModelCall,
    ModelReference,
    OutputFile,
    Run,
)
from replicate_typed.typed_models import Output


def references(path: Path) -> None:
    by_hand = ModelReference("acme/drawing", DrawingInput, Output[list[OutputFile]], version="id")
    assert_type(by_hand(prompt="a", masks=[]), ModelCall[list[OutputFile]])
    assert_type((by_hand.name, by_hand.version), tuple[str, str | None])
    files: list[FileInput] = [path, b"", bytearray(), memoryview(b""), "https://a.b", io.BytesIO()]
    print(files)


def what_they_are_made_of(call: ModelCall[str], reference: ModelReference[..., str]) -> None:
    assert_type(call.input, Mapping[str, Any])
    assert_type(call.model, ModelReference[..., str])
    assert_type((reference.name, reference.version), tuple[str, str | None])
    assert_type(reference.read("a", OutputFile), str)


def calls(path: Path) -> None:
    call = drawing(
        prompt="a fox", masks=[path, b"", "https://a.b", io.BytesIO()], guidance=7, size="256x256", from_="a"
    )
    assert_type(call, ModelCall[DrawingOutput])
    drawing(prompt="a", masks=(path,), image=None, steps=None, scheduler=None)
    drawing(masks=[])  # type: ignore[call-arg]  # wrong on purpose: no prompt
    drawing(prompt="a", masks=[], promt="b")  # type: ignore[call-arg]  # misspelt
    drawing(prompt="a", masks=[], steps="4")  # type: ignore[arg-type]  # a text
    drawing(prompt="a", masks=[], scheduler="K")  # type: ignore[arg-type]  # none
    drawing("a", masks=[])  # type: ignore[call-arg]  # without its name


def runs(client: Client, output: DrawingOutput) -> None:
    call = drawing(prompt="a", masks=[])
    assert_type(client.run(call), DrawingOutput)
    assert_type(client.run(call, timeout=60, cancel_on_exit=False, hold=5), DrawingOutput)
    assert_type(client.submit(call, webhook="https://a.b"), Run[DrawingOutput])
    assert_type(client.submit(call).result(timeout=5), DrawingOutput)
    with client.stream(call, timeout=5) as events:
        assert_type(events, EventStream[DrawingOutput])
        assert_type(events.result(), DrawingOutput)
    assert_type(client.submit(call).stream().result(), DrawingOutput)
    assert_type(replicate_typed.stream(call), EventStream[DrawingOutput])
    assert_type(replicate_typed.run(call), DrawingOutput)
    assert_type(replicate_typed.submit(call), Run[DrawingOutput])
    assert_type(output.images, list[OutputFile])
    assert_type(output.boxes, list[DrawingOutputBoxes] | None)
    client.run(drawing)  # type: ignore[call-overload]  # wrong on purpose: no input
    client.run(call, {})  # type: ignore[call-overload]  # wrong on purpose: two
    with ThreadPoolExecutor() as pool:
        assert_type(pool.submit(client.run, "acme/drawing").result(), Any)
        assert_type(pool.submit(client.run, call).result(), DrawingOutput)


async def async_runs(client: AsyncClient) -> None:
    call = drawing(prompt="a", masks=[])
    assert_type(await client.run(call), DrawingOutput)
    async with client.stream(call) as events:
        assert_type(events, AsyncEventStream[DrawingOutput])
        assert_type(await events.result(), DrawingOutput)
    assert_type(await client.submit(call), AsyncRun[DrawingOutput])
    assert_type(await (await client.submit(call)).result(), DrawingOutput)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(client.run, "acme/drawing")


def untyped(client: Client, run: Run) -> None:
    assert_type(client.run("acme/drawing", {"prompt": "a"}), Any)
    assert_type(client.submit("acme/drawing"), Run[Any])
    assert_type(run.result(), Any)
    assert_type(client.stream("acme/drawing"), EventStream)
    assert_type(client.stream("acme/drawing").result(), Any)
