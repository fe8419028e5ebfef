"""Models with annotations, as clients meet them: schemas to read, and inputs that are checked."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import httpx
import pytest
from mocking import body_of, client_of, create, echo_service, get, problem_of

import replicate_typed
from replicate_typed import Client
from replicate_typed.transports.mock import ConcatenateIterator, Input, MockTransport

mock = pytest.fixture(echo_service)
client = pytest.fixture(client_of)


class Color(Enum):
    RED = "red"
    BLUE = "blue"


def ended(mock: MockTransport, client: httpx.Client, model: str, **input: Any) -> dict[str, Any]:
    prediction = create(client, model, **input)
    mock.clock.sleep(10)
    return get(client, prediction)


def test_a_version_shows_the_schema_of_its_function(mock: MockTransport, client: httpx.Client) -> None:
    """Where clients and code generators look for it."""

    @mock.model("acme/draw")
    def draw(prompt: str = Input(description="What to draw"), color: Color = Color.RED) -> ConcatenateIterator[str]:
        yield f"{prompt}, {color.value}"

    assert replicate_typed.Input is Input
    schema = Client(transport=mock).models.get("acme/draw").latest_version
    assert schema is not None
    assert schema.openapi_schema is not None
    schemas = schema.openapi_schema["components"]["schemas"]
    assert schemas["Input"]["properties"]["prompt"]["description"] == "What to draw"
    assert schemas["Output"]["x-cog-array-display"] == "concatenate"
    (version,) = body_of(client.get("/models/acme/draw/versions"))["results"]
    assert version["openapi_schema"] == schema.openapi_schema


def test_an_input_that_does_not_fit_is_refused(mock: MockTransport, client: httpx.Client) -> None:
    """With all that is wrong with it, in the service's words."""

    @mock.model("acme/draw")
    def draw(prompt: str, steps: int = Input(4, ge=1, le=50), format: Color = Color.RED) -> None: ...

    response = client.post("/models/acme/draw/predictions", json={"input": {"steps": 0, "format": "webp", "x": 1}})
    assert problem_of(response, 422)["detail"] == (
        "- input: prompt is required\n"
        "- input: Additional property x is not allowed\n"
        "- input.steps: Must be greater than or equal to 1\n"
        '- input.format: format must be one of the following: "red", "blue"\n'
    )
    assert mock.predictions == []


def test_a_function_gets_and_gives_values_of_its_types(mock: MockTransport, client: httpx.Client) -> None:
    """Members of an Enum, floats, paths, and its defaults; what the client sent stays as it is."""

    @mock.model("acme/draw")
    def draw(color: Color, image: Path, scale: float = Input(default=1)) -> dict[str, Any]:
        return {"color": color, "text": image.read_text(), "scale": repr(scale * 1.0), "is": color is Color.BLUE}

    image = "data:text/plain;base64," + base64.b64encode(b"miaow").decode()
    prediction = ended(mock, client, "acme/draw", color="blue", image=image)
    assert prediction["output"] == {"color": "blue", "text": "miaow", "scale": "1.0", "is": True}
    assert prediction["input"] == {"color": "blue", "image": image}


def test_a_file_that_cannot_be_had_fails_the_prediction(mock: MockTransport, client: httpx.Client) -> None:
    """It is accepted, as by the service."""

    @mock.model("acme/draw")
    def draw(image: Path) -> str:
        return image.name

    prediction = ended(mock, client, "acme/draw", image="https://example.com/cat.png")
    assert prediction["status"] == "failed"
    assert "https://example.com/cat.png" in prediction["error"]


def test_a_model_that_gives_files_says_so_in_its_stream(mock: MockTransport, client: httpx.Client) -> None:
    """Others have a stream of text, or none."""

    @mock.model("acme/files")
    def files() -> Iterator[Path]:
        yield from ()

    @mock.model("acme/text")
    def text() -> Iterator[str]:
        return iter(["a", "b"])

    assert "/v1/files/" in create(client, "acme/files")["urls"]["stream"]
    assert "/v1/streams/" in create(client, "acme/text")["urls"]["stream"]
    assert "stream" not in create(client, prompt="x")["urls"]
    assert ended(mock, client, "acme/text")["output"] == ["a", "b"]


def test_a_trainer_is_in_the_schema_and_checks_its_input(mock: MockTransport, client: httpx.Client) -> None:
    """As a model with a train function; the new version runs as the trained one."""

    @mock.training("acme/echo")
    def train(images: Path, steps: int = Input(10, ge=1)) -> str:
        return f"{images.read_text()}{steps}"

    version = body_of(client.get("/models/acme/echo"))["latest_version"]
    assert version["openapi_schema"]["components"]["schemas"]["TrainingInput"]["required"] == ["images"]
    path = f"/models/acme/echo/versions/{version['id']}/trainings"
    response = client.post(path, json={"destination": "acme/echo", "input": {"steps": 0}})
    assert [row["field"] for row in problem_of(response, 422)["invalid_fields"]] == ["input", "input.steps"]
    training = body_of(client.post(path, json={"destination": "acme/echo", "input": {"images": "data:,x"}}))
    mock.clock.sleep(100)
    assert body_of(client.get(f"/trainings/{training['id']}"))["output"]["weights"] == "x10"
    newest = body_of(client.get("/models/acme/echo"))["latest_version"]
    assert newest["id"] != version["id"]
    assert newest["openapi_schema"]["components"]["schemas"]["Input"]["required"] == ["prompt"]
