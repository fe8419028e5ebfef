"""Values that nobody sends but who makes requests up."""

from __future__ import annotations

import io
from typing import Any

import httpx
import pytest
from mocking import body_of, client_of, echo_service, problem_of

from replicate_typed.transports.mock import MockTransport

mock = pytest.fixture(echo_service)
client = pytest.fixture(client_of)

ADDRESSES = ["github_url", "paper_url", "weights_url", "license_url"]
A_MODEL = {"owner": "acme", "name": "new", "visibility": "private", "hardware": "cpu"}


def test_an_empty_address_of_a_model_is_none(client: httpx.Client) -> None:
    """An answer has no address that is not one."""
    sent = dict.fromkeys(ADDRESSES, "https://acme.example/x")
    assert sent.items() <= body_of(client.patch("/models/acme/echo", json=sent)).items()
    emptied = body_of(client.patch("/models/acme/echo", json=dict.fromkeys(ADDRESSES, "")))
    assert [emptied[name] for name in ADDRESSES] == [None] * 4
    created = body_of(client.post("/models", json=A_MODEL | {"cover_image_url": "", "description": ""}))
    assert (created["cover_image_url"], created["description"]) == (None, "")


@pytest.mark.parametrize("text", ["x", "acme.example", "/x", "1:"])
def test_what_is_no_address_is_refused(client: httpx.Client, text: str) -> None:
    """And named; nothing is changed or made."""
    answers = [
        client.patch("/models/acme/echo", json={"description": "changed", "paper_url": text}),
        client.post("/models", json=A_MODEL | {"paper_url": text}),
    ]
    for answer in answers:
        assert [row["field"] for row in problem_of(answer, 422)["invalid_fields"]] == ["paper_url"]
    assert body_of(client.get("/models/acme/echo"))["description"] == "Says it again"
    assert client.get("/models/acme/new").status_code == 404


def test_a_deadline_is_as_far_away_as_time_goes(client: httpx.Client) -> None:
    """That is the year 3000."""
    response = client.post(
        "/models/acme/echo/predictions", json={"input": {"prompt": "x"}}, headers={"cancel-after": f"{10**30}h"}
    )
    assert body_of(response)["deadline"] == "3000-01-01T00:00:00Z"


def test_a_training_without_weights_has_none(mock: MockTransport, client: httpx.Client) -> None:
    """Its output is the new version."""
    mock.training("acme/echo", processing=1)(lambda: None)
    version = body_of(client.get("/models/acme/echo"))["latest_version"]["id"]
    sent: dict[str, Any] = {"destination": "acme/echo", "input": {}}
    training = body_of(client.post(f"/models/acme/echo/versions/{version}/trainings", json=sent))
    mock.clock.sleep(10)
    newest = body_of(client.get("/models/acme/echo"))["latest_version"]["id"]
    assert body_of(client.get(f"/trainings/{training['id']}"))["output"] == {"version": f"acme/echo:{newest}"}


def test_a_deep_input_can_be_looked_at(mock: MockTransport, client: httpx.Client) -> None:
    """As deep as what can be sent."""
    mock.reply("acme/deep", "done")
    deep = "[" * 600 + "]" * 600
    client.post("/models/acme/deep/predictions", content=f'{{"input":{{"x":{deep}}}}}').raise_for_status()
    assert str(mock.predictions[0]["input"]["x"]) == deep


def test_a_file_of_text_is_no_output(mock: MockTransport, client: httpx.Client) -> None:
    """The prediction has failed, and says what to do."""
    mock.model("acme/text")(lambda: io.StringIO("x"))
    response = client.post("/models/acme/text/predictions", json={"input": {}}, headers={"prefer": "wait"})
    assert body_of(response)["error"].endswith("gives text; open it in binary mode")
