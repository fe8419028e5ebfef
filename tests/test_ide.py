"""What an editor shows of this package while a program is written: names, types, and what they are for."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from generating import ROOT
from language_server import MARK, LanguageServer, Place, language_server

PROGRAM = """\
from models.painter import PainterInput, painter
from models.poet import poet

from replicate_typed import AsyncClient, Client, PredictionStatus, models

client, async_client = Client(), AsyncClient()
client.{client}
async_client.{async_client}
client.models.{models}
client.predictions.{predictions}
client.models.versions.{versions}
async_client.models.{async_models}
async_client.predictions.{async_predictions}
prediction = client.predictions.get("id")
prediction.{prediction}
PredictionStatus.{status}
models.{models_module}
run = client.submit(painter(prompt="a fox"))
run.{run}
run.result()[0].{file}
for event in client.stream(poet(subject="a fox")):
    event.{event}
for model in client.paginate(client.models.list):
    model.{model}

async def main() -> None:
    (await async_client.submit(poet(subject="a fox"))).{async_run}
    async for event in async_client.stream(poet(subject="a fox")):
        event.{async_event}
"""
CALLS = """\
from models.painter import PainterInput, painter
from models.poet import poet

from replicate_typed import AsyncClient, Client

client, async_client = Client(), AsyncClient()
files = client.run(pain{painter}ter(prompt="a fox"))
fil{files}es
po{poem}em = client.run(poet(subject="a fox"))
untyped = client.run("acme/painter", {{"prompt": "a fox"}})
untyp{untyped}ed
client.ru{run}n
async_client.ru{async_run}n
client.mod{resource}els
Clie{client_class}nt
PainterInput.num_out{field}puts
client.predictions.get("id").sta{status}tus
painter({painter_call})
client.run(painter(prompt="a fox", {inner_call}))
painter(prompt="a fox", aspect_ratio="{choice}")
client.predictions.create({create_call})
client.predictions.list({list_call})
"""


def marked(server: LanguageServer, program: str) -> dict[str, Place]:
    """The places of a program by name; a program in which nothing stands at any of them."""
    names = re.findall(r"(?<!\{)\{(\w+)\}", program)
    places = server.opened(program.format(**dict.fromkeys(names, MARK)))
    return dict(zip(names, places, strict=True))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """One for all, in a copy of the project of examples/typed, with the settings that editors have by default."""
    folder = tmp_path_factory.mktemp("edited")
    unwanted = shutil.ignore_patterns("__pycache__", ".*")
    shutil.copytree(ROOT / "examples" / "typed", folder, ignore=unwanted, dirs_exist_ok=True)
    with language_server(folder) as server:
        yield server


@pytest.fixture(scope="module")
def lists(server: LanguageServer) -> dict[str, Place]:
    return marked(server, PROGRAM)


@pytest.fixture(scope="module")
def words(server: LanguageServer) -> dict[str, Place]:
    return marked(server, CALLS)


class Shown(NamedTuple):
    """What an editor says of something: its type, and the first line of its documentation; or how both begin."""

    type: str
    line: str
    gives: str = ""
    """How the type ends: what a call gives, of the last of several ways to call it."""


def shown(server: LanguageServer, place: Place, name: str) -> Shown:
    return read(server.documented(server.completions(place)[name]))


def read(markdown: str) -> Shown:
    code, _, prose = markdown.removeprefix("```python\n").partition("\n```")
    return Shown(" ".join(code.split()), prose.removeprefix("\n---\n").partition("\n")[0])


LISTS = {
    "client": {
        "run": Shown(
            "def run( reference: ModelCall[Out@run], input: None = None, *, timeout: float",
            "The output of a",
            "-> Any: ...",
        ),
        "submit": Shown(
            "def submit( reference: ModelCall[Out@submit],", "A handle on a new prediction, at once", "-> Run[Any]: ..."
        ),
        "stream": Shown("def stream(", "The events of a new prediction as they happen", "-> EventStream[Any]: ..."),
        "paginate": Shown(
            "def paginate( method: (**P@paginate) -> Page[T@paginate],", "Every item", "-> Paginator[T@paginate]"
        ),
        "models": Shown("models: cached_property[Models]", "Models, their versions and their predictions."),
        "predictions": Shown("predictions: cached_property[Predictions]", "Predictions: runs of models."),
        "search": Shown("def search(", "Public models, collections and pages of"),
    },
    "async_client": {
        "run": Shown(
            "def run( reference: ModelCall[Out@run], input: None = None, *,",
            "The output of a model",
            "-> CoroutineType[Any, Any, Any]: ...",
        ),
        "submit": Shown(
            "def submit( reference: ModelCall[Out@submit],",
            "A handle on a new prediction, at once",
            "-> CoroutineType[Any, Any, AsyncRun[Any]]: ...",
        ),
        "stream": Shown("def stream(", "The events of a new prediction", "-> AsyncEventStream[Any]: ..."),
        "paginate": Shown("def paginate(", "Every item of a list", "-> AsyncPaginator[T@paginate]"),
        "models": Shown("models: cached_property[AsyncModels]", "Models, their versions and their predictions."),
        "predictions": Shown("predictions: cached_property[AsyncPredictions]", "Predictions: runs of models."),
    },
    "async_models": {
        "get": Shown("def get(model: str | Owned)", "One model with its latest", "-> CoroutineType[Any, Any, Model]"),
        "list": Shown(
            "def list( *, sort_by:", "One page of the public models", "-> CoroutineType[Any, Any, ModelPage]"
        ),
        "versions": Shown(
            "versions: cached_property[AsyncModelsVersionsResource]", "Versions of a model, each with the schema"
        ),
    },
    "async_predictions": {
        "create": Shown(
            "def create( reference: Runnable,", "A new prediction, which", "-> CoroutineType[Any, Any, Prediction]"
        ),
        "wait": Shown("def wait( prediction: str", "The prediction once", "-> CoroutineType[Any, Any, Prediction]"),
    },
    "models": {
        "get": Shown("def get(model: str | Owned) -> Model", "One model with its latest version"),
        "list": Shown("def list( *, sort_by: ModelSortBy | ", "One page of the public models"),
        "latest_version": Shown("def latest_version(model: str | Owned) -> ModelVersion", "The newest version of a"),
        "versions": Shown(
            "versions: cached_property[ModelsVersionsResource]", "Versions of a model, each with the schema"
        ),
        "predictions": Shown("predictions: cached_property[ModelPredictions]", "Predictions of official models."),
    },
    "predictions": {
        "create": Shown("def create( reference: Runnable, input: Mapping[str, Any] | None", "A new prediction, which"),
        "get": Shown("def get(prediction: str | HasId) -> Prediction", "One prediction in its current state."),
        "cancel": Shown("def cancel(prediction: str | HasId) -> Prediction", "The prediction, canceled unless"),
        "wait": Shown("def wait( prediction: str | Prediction, *, timeout: float | None", "The prediction once it has"),
    },
    "versions": {"list": Shown("def list(model: str | Owned) -> ModelVersionPage", "One page of")},
    "prediction": {
        "id": Shown("id: str", "Identifies the prediction; its form is not promised."),
        "status": Shown("status: PredictionStatus", "How far the prediction has come."),
        "output": Shown("output: Any", "What the model made: any JSON, with links in place of files."),
        "logs": Shown("logs: str | None", "All that the model has printed so far"),
        "created_at": Shown("created_at: datetime", "When it was created."),
        "metrics": Shown("metrics: PredictionMetrics | None", "How long it took and how much it used"),
    },
    "status": {
        "SUCCEEDED": Shown("SUCCEEDED: ", "It ended well, and the output is complete."),
        "ABORTED": Shown("ABORTED: ", "It was stopped before it ran, at its deadline for example."),
        "is_known": Shown("is_known: property", "Whether the API described this value"),
    },
    "models_module": {
        "Training": Shown("class Training(", "One training of a model version."),
        "WebhookEvent": Shown("class WebhookEvent(", "What can make the service call a webhook."),
    },
    "run": {
        "id": Shown("id: str (property)", "The id of the prediction"),
        "status": Shown("status: PredictionStatus (property)", "The status as it was last seen."),
        "prediction": Shown("prediction: Prediction (property)", "The prediction as it was last seen."),
        "result": Shown("def result( *, timeout", "The output once the prediction has", "-> list[OutputFile]"),
        "stream": Shown("def stream( *, timeout", "Its events from the first one", "-> EventStream[list[OutputFile]]"),
    },
    "file": {
        "read": Shown("def read( *, timeout: float | None = None ) -> bytes", "The content, in memory."),
        "save": Shown("def save( path: str | PathLike[str], *, timeout: float | None", "Save it, and give the path"),
        "media_type": Shown("media_type: str | None (property)", "The media type that goes with the name"),
    },
    "event": {
        "type": Shown("type: EventType", "What it is about"),
        "data": Shown("data: str", "What it says"),
    },
    "model": {"latest_version": Shown("latest_version: ModelVersion | None", "The version pushed last.")},
    "async_run": {
        "wait": Shown("def wait( *, timeout", "The prediction once it has", "-> CoroutineType[Any, Any, Prediction]"),
        "result": Shown("def result( *, timeout", "The output once", "-> CoroutineType[Any, Any, ConcatenatedText]"),
        "stream": Shown("def stream( *, timeout", "Its events from the", "-> AsyncEventStream[ConcatenatedText]"),
    },
    "async_event": {"data": Shown("data: str", "What it says")},
}


@pytest.mark.parametrize(("place", "name"), [(place, name) for place, names in LISTS.items() for name in names])
def test_a_list_of_what_could_stand_there_says_what_each_is(
    server: LanguageServer, lists: dict[str, Place], place: str, name: str
) -> None:
    """Its name, its type or its parameters, and the first line of its documentation."""
    wanted, found = LISTS[place][name], shown(server, lists[place], name)
    assert found.type.startswith(wanted.type)
    assert found.line.startswith(wanted.line)
    assert found.line
    assert found.type.endswith(wanted.gives)


@pytest.mark.parametrize("place", LISTS)
def test_everything_public_is_documented(server: LanguageServer, lists: dict[str, Place], place: str) -> None:
    """Whatever is listed beyond what every str and every object has."""
    common = {*dir(str), *dir(object), *dir(type), "value", "name"} if place in {"status", "file"} else set[str]()
    found = server.completions(lists[place])
    own = {name for name in found if not name.startswith("_") and name not in common}
    assert own > LISTS[place].keys() - common or own == LISTS[place].keys()
    assert {name for name in own if not shown(server, lists[place], name).line} == set()


HOVERS = {
    "painter": Shown("(variable) def painter( *, prompt: str, image: FileInput | None = None,", "Run it with"),
    "files": Shown("(variable) files: list[OutputFile]", ""),
    "poem": Shown("(variable) poem: ConcatenatedText", ""),
    "untyped": Shown("(variable) untyped: Any", ""),
    "run": Shown("(method) def run( reference: ModelCall[Out@run],", "The output of a model: the service's JSON"),
    "async_run": Shown("(method) def run( reference: ModelCall[Out@run],", "The output of a model: the service's JSON"),
    "resource": Shown("(property) models: Models", "Models, their versions and their predictions."),
    "client_class": Shown(
        "class Client( *, token: str | None = None,", "Runs models on Replicate, and calls everything else"
    ),
    "field": Shown("(variable) num_outputs: int | None", "How many pictures"),
    "status": Shown("(variable) status: PredictionStatus", "How far the prediction has come."),
}


@pytest.mark.parametrize("place", HOVERS)
def test_a_word_that_is_pointed_at_says_what_it_is(server: LanguageServer, words: dict[str, Place], place: str) -> None:
    """Its type, and what it is for."""
    found = read(server.hover(words[place]))
    assert found.type.startswith(HOVERS[place].type)
    assert found.line.startswith(HOVERS[place].line)


def test_the_documentation_of_an_input_has_its_default_and_range(
    server: LanguageServer, words: dict[str, Place]
) -> None:
    """In the words of the model's author, and ours."""
    assert server.hover(words["field"]).endswith("How many pictures\n\nFrom 1 to 4. Default: 1.")


SIGNATURES = {
    "painter_call": (
        "(*, prompt: str, image: FileInput | None = None, "
        """aspect_ratio: Literal['1:1', '3:2', '16:9'] | None = "1:1", """
        "num_outputs: int | None = 1, guidance: float | None = 3.5) -> ModelCall[list[OutputFile]]",
        "The model with this input, checked and ready to run; nothing is sent.",
    ),
    "create_call": (
        "(reference: Runnable, input: Mapping[str, Any] | None = None, *, hold: int | None = None, "
        "cancel_after: int | None = None, webhook: str | None = None, "
        "webhook_events_filter: WebhookEvents | None = None) -> Prediction",
        "A new prediction, which has hardly begun; it is never asked for twice.",
    ),
    "list_call": (
        "(*, created_after: datetime | str | None = None, created_before: datetime | str | None = None, "
        "source: PredictionListSource | Literal['web'] | None = None) -> PredictionPage",
        "One page of your predictions.",
    ),
}


@pytest.mark.parametrize("place", SIGNATURES)
def test_a_call_shows_its_parameters(server: LanguageServer, words: dict[str, Place], place: str) -> None:
    """With their types and defaults, and what the call gives."""
    found = server.signature(words[place])
    label, line = SIGNATURES[place]
    assert found["label"] == label
    assert found["documentation"]["value"].partition("\n")[0] == line


def test_the_inputs_of_a_model_are_completed(server: LanguageServer, words: dict[str, Place]) -> None:
    """By name in the order of their author, without those that stand there; and the values that there are."""
    inputs = ["prompt=", "image=", "aspect_ratio=", "num_outputs=", "guidance="]
    found = server.completions(words["painter_call"])
    assert [name for name in found if name.endswith("=")] == inputs
    found = server.completions(words["inner_call"])
    assert [name for name in found if name.endswith("=")] == inputs[1:]
    assert list(server.completions(words["choice"])) == ['"1:1"', '"3:2"', '"16:9"']


def test_a_server_that_does_not_answer_is_not_waited_for(tmp_path: Path) -> None:
    """The tests fail then, rather than hang; also one that only started the one that hangs."""
    hung = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    for command in (hung, ["sh", "-c", '"$@"; true', "sh", *hung]):
        with pytest.raises(AssertionError, match="did not answer"), language_server(tmp_path, command, patience=0.1):
            pass
