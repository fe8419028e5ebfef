# Made by scripts/unasync.py from tests/_async/test_from_elixir.py; do not edit.
"""The Elixir client's own examples, asked of the service that its mock is: the same questions, the same answers.

D is a doctest, T a test of its suite, 2.5 an example of its README or cheatsheet, a row one of its functions.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from elixir import CURSOR, HARDWARE, MODEL, NEXT, OUT, S27, V1, V2, WOMBAT, S, prediction
from mocking import seeded_service
from predictions import mock_service

from replicate_typed import Client, MockTransport, NotFoundError
from replicate_typed.models import Hardware, Model, ModelVersion, Prediction

pytestmark = pytest.mark.anyio

mock = pytest.fixture(seeded_service)
HOOK = "https://example.com/webhook"
PROMPT = {"prompt": WOMBAT}


@pytest.fixture
def client(mock: MockTransport) -> Client:
    return Client(transport=mock)


def sent(mock: MockTransport) -> list[str]:
    return [f"{request.method} {request.path}" for request in mock.requests]


@pytest.mark.parametrize("version", [S, S27])
def test_run(client: Client, mock: MockTransport, version: str) -> None:
    """D1, T3, 2.5 (run), row 1: the output; without asking for the model and its version first."""
    assert client.run(f"stability-ai/stable-diffusion:{version}", PROMPT) == OUT
    assert sent(mock) == ["POST /predictions", "GET /predictions/1234"]


def test_paginate(client: Client) -> None:
    """D2, T8, 2.5 (paginate), row 2: a function that lists, and the first batch of what it lists."""
    for page in client.paginate(client.models.list).pages():
        assert (len(page.results), page.results[0].name) == (25, "hello-world")
        break


def test_predictions_get(client: Client) -> None:
    """D3, D5, rows 3 and 4."""
    found = client.predictions.get("1234")
    assert (found.id, found.status) == ("1234", "succeeded")


def test_predictions_get_of_what_is_not_there(client: Client) -> None:
    """D4, D6, rows 3 and 4: an error with the service's words, as of the function with a bang."""
    with pytest.raises(NotFoundError, match="Not found") as raised:
        client.predictions.get("not_a_real_id")
    assert (raised.value.status_code, raised.value.detail) == (404, "Not found")


def test_predictions_cancel(client: Client) -> None:
    """D7, 2.5 (cancel), row 5: by its id, or the prediction itself."""
    assert (client.predictions.cancel("1234")).status == "canceled"
    assert (client.predictions.cancel(client.predictions.get("1234"))).status == "canceled"


def test_a_prediction_of_a_version_is_canceled(client: Client) -> None:
    """D8, rows 5, 6, 9 and 11."""
    model = client.models.get("stability-ai/stable-diffusion")
    version = client.models.versions.get(model, S)
    created = client.predictions.create(version, PROMPT)
    assert (client.predictions.cancel(created)).status == "canceled"


def test_a_prediction_of_a_version_is_waited_for(client: Client) -> None:
    """D9, T2, 2.5 (in the background, wait), row 7."""
    version = client.models.versions.get(client.models.get("stability-ai/stable-diffusion"), S)
    created = client.predictions.create(version, PROMPT)
    assert created.status == "starting"
    done = client.predictions.wait(created)
    assert (done.status, done.output) == ("succeeded", OUT)


def test_a_prediction_that_has_ended_is_not_waited_for(client: Client, mock: MockTransport) -> None:
    """Row 7: it is what it is, without any request."""
    ended = client.predictions.get("1234")
    assert client.predictions.wait(ended) is ended
    assert sent(mock) == ["GET /predictions/1234"]


def test_a_prediction_of_an_official_model(client: Client, mock: MockTransport) -> None:
    """D10, row 6: by its name."""
    assert (client.predictions.create("stability-ai/stable-diffusion-3", PROMPT)).status == "starting"
    assert sent(mock) == ["POST /models/stability-ai/stable-diffusion-3/predictions"]


@pytest.mark.parametrize("hook", [{}, {"webhook": HOOK}])
def test_predictions_create(client: Client, mock: MockTransport, hook: dict[str, Any]) -> None:
    """D11, T1, 2.5 (webhooks), row 6: with a webhook and without; another version answers than was asked for."""
    version = client.models.versions.get(client.models.get("stability-ai/stable-diffusion"), S)
    created = client.predictions.create(version, PROMPT, **hook)
    assert (created.id, created.status, created.version, created.input) == ("1234", "starting", S27, PROMPT)
    assert created.urls.get == "https://api.replicate.com/v1/predictions/1234"
    assert created.urls.cancel == "https://api.replicate.com/v1/predictions/1234/cancel"
    assert mock.requests[-1].body == {"version": "v2", "input": PROMPT, **hook}


def test_the_logs_of_a_prediction_are_lines() -> None:
    """2.5 (logs): of a service that has some; the preset has none, which is None."""
    client = Client(transport=mock_service())
    created = client.predictions.create("acme/echo", {"text": "fox"})
    assert created.logs == ""
    done = client.wait(created)
    assert str(done.logs).splitlines() == ["warming up", "50%", "100%"]
    assert (Client(transport=MockTransport.seed()).predictions.get("1234")).logs is None


def test_a_file_that_was_encoded_by_hand_is_sent_as_it_is(client: Client, mock: MockTransport) -> None:
    """2.5 (a local file): as Base64 in a data URL."""
    audio = f"data:audio/ogg;base64,{base64.b64encode(b'speech').decode()}"
    client.run(f"openai/whisper:{S}", {"audio": audio})
    assert mock.requests[0].body == {"version": S, "input": {"audio": audio}}


def test_a_local_file_needs_no_encoding_by_hand(client: Client, mock: MockTransport, tmp_path: Path) -> None:
    """2.5 (a local file): its path is enough, and what is sent is the same."""
    speech = tmp_path / "speech.ogg"
    speech.write_bytes(b"speech")
    client.run(f"openai/whisper:{S}", {"audio": speech})
    audio = f"data:audio/ogg;base64,{base64.b64encode(b'speech').decode()}"
    assert mock.requests[0].body == {"version": S, "input": {"audio": audio}}


def test_an_output_file_is_saved_in_one_call(tmp_path: Path) -> None:
    """2.5 (an output file): there, it was fetched by hand with :httpc and File.write!."""
    service = MockTransport()
    service.model("acme/painter")(lambda: [b"picture"])
    output = Client(transport=service).run("acme/painter")
    saved = output[0].save(tmp_path / "picture.png")
    assert saved.read_bytes() == b"picture"


def test_predictions_list(client: Client) -> None:
    """D12, 2.5 (list), row 8: exactly these two, one page or item by item."""
    page = client.predictions.list()
    expected = [Prediction.from_dict(prediction("starting", id)) for id in ("1234", "1235")]
    assert page.results == expected
    assert (page.results[0].error, page.results[0].logs, page.results[0].completed_at) == (None, None, None)
    assert [found for found in client.paginate(client.predictions.list)] == expected


def test_models_get(client: Client) -> None:
    """D13, T4, rows 9 and 10."""
    model = client.models.get("replicate/hello-world")
    assert (model.owner, model.name) == ("replicate", "hello-world")
    with pytest.raises(NotFoundError, match="Not found"):
        client.models.get("cbh123/babadook-diffusion")


def test_versions_are_got(client: Client) -> None:
    """D14, 2.5 (the latest version), rows 11 and 12: one by its id, and the latest in one call."""
    model = client.models.get("replicate/hello-world")
    assert (client.models.versions.get(model, "v2")).id == "v2"
    assert (client.models.latest_version(model)).id == "v2"
    latest = client.models.latest_version("replicate/hello-world")
    assert latest == ModelVersion.from_dict(V2)
    assert latest.cog_version == "0.3.0"


def test_versions_are_listed(client: Client) -> None:
    """D15, T5, 2.5 (versions), row 13."""
    model = client.models.get("replicate/hello-world")
    found = (client.models.versions.list(model)).results
    assert (found[0].id, found[0].cog_version) == ("v1", "0.3.0")
    assert found == [ModelVersion.from_dict(V1), ModelVersion.from_dict(V2)]


def test_models_list(client: Client) -> None:
    """D16, T7, 2.5 (models), row 14: the page with its links; the latest version of a model is one, not a map."""
    page = client.models.list()
    assert (page.next, page.previous, len(page.results)) == (NEXT, None, 25)
    assert CURSOR in NEXT
    assert page.results[0] == Model.from_dict(MODEL)
    assert (page.results[0].latest_version, page.results[0].default_example) == (ModelVersion.from_dict(V2), None)


@pytest.mark.parametrize("name", ["hello-world", "babadook"])
def test_models_create(client: Client, name: str) -> None:
    """D17, T9, 2.5 (a model of one's own), row 15."""
    made = client.models.create(owner="replicate", name=name, visibility="public", hardware="gpu-a40-large")
    assert (made.owner, made.name, made.visibility) == ("replicate", name, "public")


def test_models_create_without_what_is_required(client: Client, mock: MockTransport) -> None:
    """T9, row 15: an error before any request, which says what is missing."""
    unchecked: Any = client
    with pytest.raises(TypeError, match="missing 2 required keyword-only arguments: 'visibility' and 'hardware'"):
        unchecked.models.create(owner="replicate", name="babadook")
    assert sent(mock) == []


def test_a_prediction_of_a_deployment(client: Client, mock: MockTransport) -> None:
    """D18, D19, T6, 2.5 (deployments), rows 16 and 17: its name is enough, so nothing has to be got first."""
    assert (client.deployments.predictions.create("test/model", PROMPT)).status == "starting"
    assert (client.predictions.create("deployments/test/model", PROMPT)).status == "starting"
    assert sent(mock) == ["POST /deployments/test/model/predictions"] * 2


def test_hardware_list(client: Client) -> None:
    """D20, T10, row 18: exactly these four, in this order."""
    found = client.hardware.list()
    assert found == [Hardware.from_dict(each) for each in HARDWARE]
    assert (len(found), found[0].name, found[0].sku) == (4, "CPU", "cpu")


def test_any_request(client: Client) -> None:
    """Row 19: any method and path, with a body and without; an error has the service's words."""
    assert client.request("GET", "/v1/hardware") == HARDWARE
    assert client.request("POST", "/predictions", {"version": S, "input": PROMPT}) == prediction("starting")
    for method, path, body, words in (
        ("GET", "/never/heard/of", None, "Unexpected path in the mock client: /v1/never/heard/of"),
        ("POST", "/predictions", {"input": PROMPT}, "Version is required"),
        ("FAIL", "/predictions", {}, "Failed"),
    ):
        with pytest.raises(Exception, match=words):
            client.request(method, path, body)


def test_waiting_for_what_is_not_there(client: Client) -> None:
    """Row 20: the error of looking for it comes through."""
    with pytest.raises(NotFoundError, match="Not found"):
        client.wait("not_a_real_id")
