"""Running typed models: what is sent, and what comes back."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from typed.drawing import DrawingInput, DrawingOutput, drawing

from replicate_typed import AsyncClient, MockTransport, ModelReference, PredictionFailedError, UndecodableOutputError
from replicate_typed.output_files import OutputFile
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
