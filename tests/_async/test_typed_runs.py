"""Running typed models: what is sent, and what comes back."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
from typed.drawing import DrawingInput, DrawingOutput, drawing

from replicate_typed import (
    AsyncClient,
    MockTransport,
    ModelReference,
    OutputFile,
    PredictionCanceledError,
    PredictionFailedError,
    UndecodableOutputError,
)
from replicate_typed.typed_models import Output

pytestmark = pytest.mark.anyio
URL = "https://replicate.delivery/a.png"


@pytest.fixture
def mock() -> MockTransport:
    """A service that gives what the prompt asks for."""
    service = MockTransport()
    outputs: dict[str, Any] = {
        "good": {"images": [URL], "note": "https://no.file", "seed": 4},
        "bad": {"images": [URL, None]},
        "none": None,
    }

    @service.model("acme/drawing")
    def draw(**input: Any) -> Any:
        return outputs[input["prompt"]]

    return service


async def test_a_typed_run_gives_a_typed_output(mock: MockTransport) -> None:
    """And sends what was given, by the model's own names, to the endpoint of the model."""
    client = AsyncClient(transport=mock)
    output = await client.run(drawing(prompt="good", masks=[], from_="left", steps=None), timeout=60)
    assert output == DrawingOutput(images=[OutputFile(URL)], note="https://no.file", additional_properties={"seed": 4})
    assert type(output.images[0]) is OutputFile
    assert type(output.note) is str
    (create,) = (request for request in mock.requests if request.method == "POST")
    assert create.path == "/models/acme/drawing/predictions"
    assert create.body == {"input": {"prompt": "good", "masks": [], "from": "left"}}


async def test_a_pinned_model_runs_that_version(mock: MockTransport) -> None:
    """By its id alone, as every version is run."""
    client = AsyncClient(transport=mock)
    version = (await client.models.get("acme/drawing")).latest_version
    assert version is not None
    pinned = ModelReference("acme/drawing", DrawingInput, Output[DrawingOutput], version.id)
    assert (await client.run(pinned(prompt="good", masks=[]))).images == [URL]
    (create,) = (request for request in mock.requests if request.method == "POST")
    assert create.path == "/predictions"
    assert create.body["version"] == version.id


async def test_a_typed_handle_gives_a_typed_result(mock: MockTransport) -> None:
    """As often as it is asked."""
    run = await AsyncClient(transport=mock).submit(drawing(prompt="good", masks=[]))
    assert (await run.result(timeout=60)).images == [URL]
    assert type((await run.result()).images[0]) is OutputFile


async def test_a_call_can_be_run_again(mock: MockTransport) -> None:
    """It is a value: nothing of a run is in it."""
    client = AsyncClient(transport=mock)
    call = drawing(prompt="good", masks=[])
    assert await client.run(call) == await client.run(pickle.loads(pickle.dumps(call)))
    assert call == drawing(prompt="good", masks=[])


async def test_an_output_that_does_not_fit_is_not_lost(mock: MockTransport) -> None:
    """It was paid for: the error has the prediction, and says what is wrong where."""
    client = AsyncClient(transport=mock)
    with pytest.raises(
        UndecodableOutputError, match=r"output\.images\[1\]: expected the URL of a file, got None"
    ) as caught:
        await client.run(drawing(prompt="bad", masks=[]))
    assert caught.value.prediction.output == {"images": [URL, None]}
    assert caught.value.prediction_id in str(caught.value)
    run = await client.submit(drawing(prompt="none", masks=[]))
    with pytest.raises(UndecodableOutputError, match="output: expected an object, got None"):
        await run.result()


async def test_a_typed_run_that_fails_says_why(mock: MockTransport) -> None:
    """As every other run."""
    with pytest.raises(PredictionFailedError):
        await AsyncClient(transport=mock).run(drawing(prompt="unknown", masks=[]))


async def test_an_input_beside_a_typed_call_is_refused(mock: MockTransport) -> None:
    """As is a model without its input; nothing is sent."""
    client: Any = AsyncClient(transport=mock)
    with pytest.raises(TypeError, match="the input of acme/drawing is in its call already"):
        await client.run(drawing(prompt="good", masks=[]), {"steps": 4})
    for verb in (client.run, client.submit):
        with pytest.raises(TypeError, match="acme/drawing has no input yet: call it first"):
            await verb(drawing)
    assert len(mock.requests) == 0


async def test_a_typed_stream_gives_its_events_and_then_its_output(mock: MockTransport) -> None:
    """Whether its events were all asked for, or none; of the type that a run would give."""
    client = AsyncClient(transport=mock)
    async with client.stream(drawing(prompt="good", masks=[])) as events:
        kinds = [str(event.type) async for event in events]
        output = await events.result()
    assert kinds[-1] == "done"
    assert output == await client.run(drawing(prompt="good", masks=[]))
    async with client.stream(drawing(prompt="good", masks=[])) as events:
        assert await events.result() == output
    run = await client.submit(drawing(prompt="good", masks=[]))
    assert await run.stream().result() == output


async def test_a_stream_without_types_gives_the_output_as_json(mock: MockTransport) -> None:
    """As `run` does; and the error of a prediction that fails."""
    client = AsyncClient(transport=mock)
    async with client.stream("acme/drawing", {"prompt": "good"}) as events:
        assert await events.result() == await client.run("acme/drawing", {"prompt": "good"})
    with pytest.raises(PredictionFailedError):
        await client.stream("acme/drawing", {"prompt": "unknown"}).result()


async def test_the_result_of_a_stream_that_was_left_is_that_it_was_canceled(mock: MockTransport) -> None:
    """And of one that never began, that there is none."""
    mock.model("acme/slow", starting=1, processing=9)(lambda: "done")
    client = AsyncClient(transport=mock)
    async with client.stream("acme/slow") as events:
        pass
    with pytest.raises(PredictionCanceledError):
        await events.result()
    unused = client.stream("acme/slow")
    await unused.close()
    with pytest.raises(RuntimeError, match="is created when"):
        await unused.result()


async def test_files_of_a_typed_run_are_sent_and_downloaded(mock: MockTransport, tmp_path: Path) -> None:
    """An input takes any kind of file, and a file that is given has its content."""
    given: list[Any] = []

    @mock.model("acme/drawing")
    def draw(**input: Any) -> dict[str, list[Path]]:
        given.append(input["image"])
        picture = tmp_path / "picture.txt"
        picture.write_bytes(b"a fox")
        return {"images": [picture]}

    client = AsyncClient(transport=mock)
    output = await client.run(drawing(prompt="a", masks=[b"mask"], image=b"picture"))
    assert await output.images[0].aread() == b"a fox"
    assert given == ["data:application/octet-stream;base64,cGljdHVyZQ=="]
