"""What people see of models, handles and clients: in a traceback, at a prompt, in a notebook."""

from __future__ import annotations

import pydoc
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from bodies import CLASSES, PREDICTION, SCHEMAS, model, smallest

import replicate_typed
from replicate_typed import AsyncClient, Client, Event, EventType, MockTransport, Prediction, Update, errors
from replicate_typed.models import ModelPage, PredictionPage, WebhookSecret

HUGE = "data:image/png;base64," + "A" * 2**20
FULL: dict[str, Any] = {
    **PREDICTION,
    "id": "p1",
    "input": {"prompt": "a fox " * 1000, "masks": list(range(1000))},
    "output": {"deep": [[[[[[[[1]]]]]]]]},
    "logs": "first line\n" + "step\n" * 1000 + "last line\n",
}


class Table(HTMLParser):
    """The rows of a table, and every tag that there is."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag in {"td", "th"}:
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data

    @property
    def rows(self) -> dict[str, str]:
        return dict(zip(self.cells[::2], self.cells[1::2], strict=True))


def html_of(value: Any) -> str:
    """As a notebook asks for it."""
    html: str = value._repr_html_()
    return html


def started(client: Client) -> Any:
    """A handle on a prediction that has just begun."""
    return client.submit("acme/echo", {"text": "a"})


@pytest.fixture
def client() -> Client:
    mock = MockTransport()

    @mock.model("acme/echo")
    def echo(text: str) -> str:
        return text

    return Client(transport=mock, token="r8_token")


def test_a_model_is_shown_by_what_it_has() -> None:
    """Not by what it lacks; statuses and times as one would write them."""
    text = repr(Prediction.from_dict({**PREDICTION, "id": "p1", "status": "paused", "logs": None}))
    assert text.startswith("Prediction(id='p1', ")
    assert "status='paused'" in text
    assert re.search(r"created_at=\d{4}-\d\d-\d\dT[\d:.]+Z", text)
    assert "None" not in text
    assert "logs" not in text


def test_what_is_long_is_cut() -> None:
    """Of a text the beginning and the end are left; of a list, how many more there are."""
    text = repr(Prediction.from_dict(FULL))
    assert re.search(r"logs='first line\\nstep\\n.* … .*last line\\n'", text)
    assert re.search(r"'masks': \[0, 1, 2, [\d, ]+, … \d+ more\]", text)
    assert "output={'deep': [[[[[… 1 more]]]]]}" in text


@pytest.mark.parametrize(
    "value",
    [
        HUGE,
        [HUGE] * 10_000,
        {f"{number:0100}": HUGE for number in range(1000)},
        [[[[HUGE] * 100] * 100] * 100] * 100,
        {HUGE: {HUGE: {HUGE: HUGE}}},
    ],
    ids=["a text", "many texts", "many names", "lists of lists", "objects in objects"],
)
def test_no_answer_makes_a_long_repr(value: Any) -> None:
    """Nor a large table, whatever is in it."""
    parts = {"input": {"all": value}, "output": value, "logs": HUGE, "error": HUGE, "webhook": HUGE}
    prediction = Prediction.from_dict({**FULL, **parts})
    page = PredictionPage.from_dict({"results": [{**FULL, **parts}] * 100, "next": HUGE})
    for each in (prediction, page):
        assert len(repr(each)) < 2100
        assert len(html_of(each)) < 16_000


def test_addresses_in_an_output_are_whole() -> None:
    """They are made to be copied."""
    url = "https://replicate.delivery/xezq/cb99a6673f7adff035965b06b8790bc72b73ba857b66a5d809/out-0.png"
    assert f"output=['{url}']" in repr(Prediction.from_dict({**FULL, "output": [url]}))


def test_a_page_shows_its_first_items() -> None:
    """A page of a hundred models is a few lines."""
    body = {"results": [smallest(SCHEMAS["Model"])] * 100, "next": None, "previous": None}
    text = repr(ModelPage.from_dict(body))
    assert text.startswith("ModelPage(results=[Model(")
    assert re.search(r"… 9\d more\]\)$", text)


@pytest.mark.parametrize("name", CLASSES)
def test_every_model_can_be_shown(name: str) -> None:
    """At a prompt and in a notebook, by the name of its class; even one of which nothing is there."""
    value = model(name).from_dict(smallest(SCHEMAS[name]))
    assert repr(value).startswith(f"{name}(")
    assert f"<caption>{name}</caption>" in html_of(value)
    assert repr(object.__new__(model(name))) == f"{name}()"


def test_a_secret_is_not_shown() -> None:
    """What webhooks are signed with is read by name alone."""
    secret = WebhookSecret(key="whsec_abc")
    assert secret.key == "whsec_abc"
    assert "abc" not in repr(secret) + html_of(secret)


def test_an_event_is_short() -> None:
    """Its data may be a file."""
    assert repr(Event(EventType.OUTPUT, "a", "7")) == "Event(type=<EventType.OUTPUT: 'output'>, data='a', id='7')"
    assert len(repr(Event(EventType.OUTPUT, HUGE))) < 250


def test_a_prediction_is_a_table_in_a_notebook() -> None:
    """A row for each field that it has, with more of each text than its repr."""
    rows = Table(html_of(Prediction.from_dict(FULL))).rows
    assert (rows["id"], rows["status"]) == ("p1", "succeeded")
    assert re.fullmatch(r"first line\n(step\n){50,}.* … .*(step\n){20,}last line\n", rows["logs"], re.DOTALL)
    assert "error" not in rows


HOSTILE = "</td><script>alert('x')</script><img src=x onerror=\"alert('y')\">&amp;"


def test_nothing_that_the_service_says_is_html() -> None:
    """Whatever a prompt, a name, an output or a status holds; it reads as it was said."""
    parts = {"logs": HOSTILE, "output": [HOSTILE], "status": HOSTILE, "error": HOSTILE, "model": HOSTILE}
    table = Table(html_of(Prediction.from_dict({**FULL, **parts, "input": {HOSTILE: HOSTILE}})))
    assert table.tags == {"table", "caption", "tr", "th", "td"}
    assert table.rows["logs"] == table.rows["model"] == HOSTILE


def test_half_a_character_can_be_shown() -> None:
    """JSON can have it, and a notebook cannot be written with it."""
    html_of(Prediction.from_dict({**FULL, "logs": "\ud83d", "output": ["\ud83d"]})).encode()


def test_a_handle_is_its_prediction(client: Client) -> None:
    """As it was last seen."""
    run = started(client)
    assert repr(run) == f"<Run prediction {run.id} of acme/echo: starting>"
    assert html_of(run) == html_of(run.prediction)
    run.wait()
    assert Table(html_of(run)).rows["status"] == "succeeded"


@pytest.mark.parametrize(
    "client", [Client(transport=MockTransport()), AsyncClient(transport=MockTransport())], ids=repr
)
def test_a_resource_says_whose_it_is(client: Client | AsyncClient) -> None:
    """By the name of its class."""
    for resource in (client.models, client.models.versions, client.predictions, client.webhooks):
        assert repr(resource) == f"<{type(resource).__name__} of {client!r}>"


def test_a_paginator_says_what_it_asks(client: Client) -> None:
    """By the name of the method."""
    assert repr(client.paginate(client.models.list, sort_by="model_created_at")) == "<Paginator of ModelsResource.list>"


def test_nothing_shows_the_token(client: Client) -> None:
    """Neither what has it nor what was asked for with it."""
    run, seen = started(client), list[Update]()
    run.wait(on_update=seen.append)
    stream = client.stream("acme/echo", {"text": "a"})
    things = (client, client.predictions, run, run.prediction, seen, stream, list(stream), client.predictions.list())
    assert "r8_token" not in repr(things)


def documented(thing: Any) -> str:
    """What `help` prints."""
    return pydoc.plain(pydoc.render_doc(thing))


def test_help_begins_with_what_a_thing_is_for(client: Client) -> None:
    """And shows the arguments of its methods by their names."""
    text = documented(Client)
    assert "Runs models on Replicate, and calls everything else that its API offers." in text
    assert re.search(r"\brun\([\s|]*self,[\s|]*reference:", text)
    assert re.search(r"\bcreate\([\s|]*(self,[\s|]*)?reference:", documented(client.predictions))
    assert "One run of a model." in documented(Prediction)
    assert "ReplicateError" in documented(errors)


def test_dir_lists_what_a_client_offers(client: Client) -> None:
    """Its verbs and its resources, and nothing that is not for its user."""
    assert [name for name in dir(client) if not name.startswith("_")] == [
        *("account", "attach", "close", "collections", "deployments", "files", "hardware", "models", "paginate"),
        *("predictions", "request", "run", "search", "send", "send_raw", "stream", "submit", "trainings", "wait"),
        *("webhooks", "with_options"),
    ]
    assert dir(replicate_typed) == sorted(replicate_typed.__all__)
