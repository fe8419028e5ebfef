"""Looking inside the mock service: what was called, and a readable complaint about what was not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import httpx
import pytest
from mocking import BASE, echo_service

from replicate_typed import Client
from replicate_typed.transports.mock import MockTransport

mock = pytest.fixture(echo_service)


@pytest.fixture
def client(mock: MockTransport) -> Client:
    client = Client(transport=mock, token="r8_secret")
    client.run("acme/echo", {"prompt": "fox", "times": 2})
    client.run("acme/echo", {"prompt": "owl"})
    return client


def test_what_was_called_passes(mock: MockTransport, client: Client) -> None:
    """By the operation alone, by what its body had, and by how often."""
    mock.assert_called("predictions.create")
    mock.assert_called("models.predictions.create", input={"prompt": "owl"})
    mock.assert_called("predictions.create", input={"prompt": "fox", "times": 2}, times=1)
    mock.assert_called("predictions.create", times=2)
    mock.assert_called("account.get", times=0)


def complaint(mock: MockTransport, operation: str, **arguments: Any) -> str:
    with pytest.raises(AssertionError) as caught:
        mock.assert_called(operation, **arguments)
    return str(caught.value)


def test_a_difference_is_shown(mock: MockTransport, client: Client) -> None:
    """Line by line, with the call that comes closest."""
    assert complaint(mock, "predictions.create", input={"prompt": "fix", "times": 2}) == (
        "predictions.create was not called as expected; the closest of 2 calls differs (- expected, + called):\n"
        "  {\n"
        '    "input": {\n'
        '-     "prompt": "fix",\n'
        '+     "prompt": "fox",\n'
        '      "times": 2\n'
        "    }\n"
        "  }"
    )


def test_what_cannot_be_sent_was_not(mock: MockTransport, client: Client) -> None:
    """It is shown as Python writes it."""
    assert "{1, 2}" in complaint(mock, "predictions.create", input={"prompt": {1, 2}})


def test_the_order_of_members_is_no_difference(mock: MockTransport, client: Client) -> None:
    """Only what differs is marked."""
    text = complaint(mock, "predictions.create", input={"times": 3, "prompt": "fox"})
    marked = [line.split() for line in text.splitlines()[1:] if line[0] in "+-"]
    assert marked == [["-", '"times":', "3"], ["+", '"times":', "2"]]


def test_what_was_not_called_is_named(mock: MockTransport, client: Client) -> None:
    """With what was."""
    text = complaint(mock, "account.get")
    assert text.startswith(
        "account.get was not called\ncalled were: models.predictions.create (twice), predictions.get"
    )
    assert complaint(MockTransport(), "account.get") == "account.get was not called\nnothing was called"
    assert '"destination": "acme/mine"' in complaint(mock, "trainings.create", destination="acme/mine")


def test_what_a_body_does_not_have_is_equal_to_nothing(mock: MockTransport, client: Client) -> None:
    """Not to the word that the complaint has for it, either."""
    assert '+   "webhook": "<absent>"' in complaint(mock, "predictions.create", webhook="absent")


def test_the_number_of_calls_is_told(mock: MockTransport, client: Client) -> None:
    """When they are too many or too few."""
    assert complaint(mock, "predictions.create", times=3) == "predictions.create was called twice, expected 3 times"
    assert complaint(mock, "predictions.create", times=0) == "predictions.create was called twice, expected never"
    text = complaint(mock, "predictions.create", input={"prompt": "owl"}, times=2)
    assert text.startswith("predictions.create was called once, expected twice with")


def test_an_unknown_operation_is_not_taken_for_one_that_was_not_called(mock: MockTransport) -> None:
    """It is a mistake of the test, also with `times=0`."""
    with pytest.raises(ValueError, match=r"no operation 'prediction\.create'; did you mean predictions\.create"):
        mock.assert_called("prediction.create", times=0)


def test_one_search_is_not_the_other(mock: MockTransport) -> None:
    """Only creates of predictions are looked at together."""
    client = httpx.Client(transport=mock, base_url=BASE)
    client.request("QUERY", "/models", content="fox", headers={"content-type": "text/plain"}).raise_for_status()
    mock.assert_called("models.search")
    mock.assert_called("search", times=0)


def test_a_content_type_may_have_capitals(mock: MockTransport) -> None:
    """A body is parsed all the same."""
    client = httpx.Client(transport=mock, base_url=BASE)
    client.post("/predictions", content=b'{"a": 1}', headers={"content-type": "Application/JSON"})
    mock.assert_called("predictions.create", a=1)


def test_what_is_expected_to_be_null_must_be_sent(mock: MockTransport, client: Client) -> None:
    """A member that is absent is none that is null."""
    assert '+   "webhook": "<absent>"' in complaint(mock, "predictions.create", webhook=None)


def test_what_was_read_of_the_requests_stays(mock: MockTransport, client: Client) -> None:
    """So a test can compare what was asked before with what was asked after."""
    requests, webhooks = mock.requests, mock.webhooks
    asked = len(requests)
    client.run("acme/echo", {"prompt": "x"}, webhook="https://receiver.example/")
    assert (len(requests), mock.requests[asked].operation) == (asked, "models.predictions.create")
    assert webhooks == [] != mock.webhooks


def test_requests_name_their_operations(mock: MockTransport, client: Client) -> None:
    """And never hold the token."""
    assert mock.requests[0].operation == "models.predictions.create"
    assert mock.requests[0].body == {"input": {"prompt": "fox", "times": 2}}
    assert {request.operation for request in mock.requests} == {"models.predictions.create", "predictions.get"}
    assert "r8_secret" not in repr(mock.requests)


def test_a_mock_tells_what_is_in_it(mock: MockTransport, client: Client) -> None:
    """In tracebacks and debuggers."""
    assert repr(mock) == f"<MockTransport: 1 models, 2 predictions, {len(mock.requests)} requests>"


def test_what_was_looked_at_may_be_changed(mock: MockTransport) -> None:
    """Requests and predictions are copies: the service goes on with what it was sent."""
    client = Client(transport=mock)
    run = client.submit("acme/echo", {"prompt": "fox", "times": 2})
    mock.requests[0].body["input"].pop("times")
    mock.predictions[0]["input"].pop("times")
    assert mock.requests[0].body == {"input": {"prompt": "fox", "times": 2}}
    assert run.wait().output == ["fox", "fox"]


def test_a_reply_stands_in_for_the_function(mock: MockTransport) -> None:
    """With its output, logs and time; for so many predictions, then the function is back."""
    client = Client(transport=mock)
    mock.reply("acme/echo", output={"any": ["json"]}, logs="one\ntwo", after=3.0, times=1)
    prediction = client.submit("acme/echo", {"prompt": "x"}).wait()
    assert (prediction.output, prediction.logs) == ({"any": ["json"]}, "one\ntwo\n")
    assert prediction.metrics is not None
    assert prediction.metrics.total_time == 3
    assert client.run("acme/echo", {"prompt": "x"}) == ["x"]


def test_a_list_in_place_of_an_output_that_comes_at_once_comes_at_once(mock: MockTransport) -> None:
    """So its logs come when they would with any other output."""
    client = Client(transport=mock)
    mock.reply("acme/echo", ["a", "b", "c"], logs="halfway")
    prediction = client.submit("acme/echo", {"prompt": "x"})
    mock.clock.sleep(5.9)
    assert client.predictions.get(prediction.id).logs == ""
    mock.clock.sleep(0.1)
    assert client.predictions.get(prediction.id).logs == "halfway\n"


def test_a_reply_may_come_before_the_model_would_have_started(mock: MockTransport) -> None:
    """The run is then as short as was said."""
    client = Client(transport=mock)
    mock.reply("acme/echo", "at once", after=1.0)
    assert client.run("acme/echo", {"prompt": "x"}) == "at once"
    assert mock.predictions[-1]["metrics"]["total_time"] == 1


def test_a_reply_can_be_an_error(mock: MockTransport) -> None:
    """Its logs stay; the newest reply comes first."""
    client = Client(transport=mock)
    mock.reply("acme/echo", "always")
    mock.reply("acme/echo", error="CUDA out of memory", logs=["loading"], times=2)
    for _ in range(2):
        failed = client.submit("acme/echo", {"prompt": "x"}).wait()
        assert (failed.status, failed.error, failed.logs) == ("failed", "CUDA out of memory", "loading\n")
    assert [client.run("acme/echo", {"prompt": "x"}) for _ in range(2)] == ["always", "always"]


def test_replies_for_some_predictions_come_in_order(mock: MockTransport) -> None:
    """Before the one for all others, whenever that was told; of those for all, the latest holds."""
    client = Client(transport=mock)
    mock.reply("acme/echo", "always")
    mock.reply("acme/echo", "first", times=1)
    mock.reply("acme/echo", "then", times=2)
    mock.reply("acme/echo", "from now on")
    outputs = [client.run("acme/echo", {"prompt": "x"}) for _ in range(5)]
    assert outputs == ["first", "then", "then", "from now on", "from now on"]


def test_a_reply_of_what_yields_is_a_list(mock: MockTransport) -> None:
    """Of its items: anything else is a mistake of the test, and is told at once."""

    @mock.model("acme/writer")
    def writer() -> Iterator[str]:
        yield "x"

    with pytest.raises(TypeError, match=r"acme/writer yields: its reply is a list of items, not 'text'"):
        mock.reply("acme/writer", "text")
    mock.reply("acme/writer", ["a", "b"])
    assert Client(transport=mock).run("acme/writer") == ["a", "b"]
    mock.reply("acme/writer", error="broken")


def test_a_reply_needs_no_function(mock: MockTransport) -> None:
    """The model is made, and takes any input."""
    mock.reply("someone/model", output="hello")
    assert Client(transport=mock).run("someone/model", {"prompt": "x", "seed": 7}) == "hello"
    with pytest.raises(ValueError, match="at least once"):
        mock.reply("someone/model", times=0)
    with pytest.raises(TypeError):
        mock.reply("someone/model", output=object())


def test_a_reply_that_is_refused_leaves_nothing(mock: MockTransport) -> None:
    """No model of a mistyped name, and no reply that fails in the midst of a program."""
    names = mock.models
    with pytest.raises(TypeError, match="not JSON serializable"):
        mock.reply("someone/model", output=object())
    with pytest.raises(ValueError, match="a duration"):
        mock.reply("someone/model", after=-1)
    with pytest.raises(TypeError, match="the error of a reply is a text, such as 'no luck', not RuntimeError"):
        mock.reply("someone/model", error=cast("Any", RuntimeError("no luck")))
    assert mock.models == names
