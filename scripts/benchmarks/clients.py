"""What is measured of each client: the code that somebody would write with it.

A client is imported when it is first used, so each environment needs its own only.
"""

from __future__ import annotations

import importlib
import json
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from .bodies import EVENTS, ID

if TYPE_CHECKING:
    import httpx

TOKEN = "r8_not_a_real_one"
JSON = {"Content-Type": "application/json"}
Get = Callable[[], object]
AsyncGet = Callable[[], Awaitable[object]]
Read = Callable[["httpx.Response"], object]
Run = Callable[[str, Mapping[str, Any]], object]


class Client(ABC):
    """A way to call the service at an address."""

    start: ClassVar[tuple[str, str, str]]
    """Statements that import it, make a client, and get a prediction; `{url}` is the service's address."""

    def __init__(self, url: str) -> None:
        self.url = url

    @abstractmethod
    def get(self) -> Get:
        """What gets one prediction, over one kept connection."""

    @abstractmethod
    def get_async(self) -> AsyncGet:
        """The same in async; called within the event loop."""

    @abstractmethod
    def read(self) -> Read:
        """What makes a page of an answer that has arrived."""

    @abstractmethod
    def stream(self, kind: str) -> Get:
        """What reads a whole stream, and gives the bytes of its last event."""

    @abstractmethod
    def run(self) -> Run:
        """What runs a model, given its name and input, over connections of its own."""

    def run_held(self) -> Run:
        """The same with the answer held until the model is done, where that is not what `run` does."""
        raise NotImplementedError


class HandWritten(Client):
    """httpx and json."""

    start = (
        "import httpx",
        "client = httpx.Client()",
        f"import json; json.loads(client.get('{{url}}/v1/predictions/{ID}', "
        f"headers={{{{'Authorization': 'Bearer {TOKEN}'}}}}).content)",
    )
    headers: ClassVar = {"Authorization": f"Bearer {TOKEN}"}
    interval = 0.5

    def get(self) -> Get:
        import httpx

        client, address, headers = httpx.Client(), f"{self.url}/v1/predictions/{ID}", self.headers
        return lambda: json.loads(client.get(address, headers=headers).content)

    def get_async(self) -> AsyncGet:
        import httpx

        client, address, headers = httpx.AsyncClient(), f"{self.url}/v1/predictions/{ID}", self.headers

        async def get() -> object:
            return json.loads((await client.get(address, headers=headers)).content)

        return get

    def read(self) -> Read:
        return lambda response: json.loads(response.content)

    def stream(self, kind: str) -> Get:
        import httpx

        client, address = httpx.Client(), f"{self.url}/v1/streams/{kind}"

        def stream() -> object:
            last = b""
            with client.stream("GET", address) as response:
                for chunk in response.iter_raw():
                    last = chunk
            return last[-len(EVENTS[-1]) :]

        return stream

    def run(self) -> Run:
        import httpx

        client = httpx.Client(headers=self.headers)

        def run(model: str, input: Mapping[str, Any]) -> object:
            response = client.post(f"{self.url}/v1/models/{model}/predictions", json={"input": input})
            prediction = json.loads(response.content)
            while prediction["status"] in {"starting", "processing"}:
                time.sleep(self.interval)
                prediction = json.loads(client.get(f"{self.url}/v1/predictions/{prediction['id']}").content)
            return prediction["output"]

        return run


class Ours(Client):
    """This client."""

    start = (
        "import replicate_typed",
        f"client = replicate_typed.Client(token='{TOKEN}', base_url='{{url}}')",
        f"client.predictions.get('{ID}')",
    )

    def get(self) -> Get:
        from replicate_typed import Client

        client = Client(token=TOKEN, base_url=self.url)
        return lambda: client.predictions.get(ID)

    def get_async(self) -> AsyncGet:
        from replicate_typed import AsyncClient

        client = AsyncClient(token=TOKEN, base_url=self.url)
        return lambda: client.predictions.get(ID)

    def read(self) -> Read:
        from replicate_api.api.predictions.predictions_list import predictions_list

        return predictions_list().parse

    def stream(self, kind: str) -> Get:
        from replicate_typed import Client, Event

        run = Client(token=TOKEN, base_url=self.url).submit(f"acme/{kind}")

        def stream() -> object:
            last: Event | None = None
            with run.stream() as events:
                for event in events:
                    last = event
            return last and f"event: {last.type}\nid: {last.id}\ndata: {last.data}\n\n".encode()

        return stream

    def run(self) -> Run:
        from replicate_typed import Client

        return Client(token=TOKEN, base_url=self.url).run

    def run_held(self) -> Run:
        from replicate_typed import Client

        client = Client(token=TOKEN, base_url=self.url)
        return lambda model, given: client.run(model, given, hold=60)


class Replicate1(Client):
    """The stable release of Replicate's own client, which is not installed where this is type-checked."""

    start = (
        "import replicate",
        f"client = replicate.Client(api_token='{TOKEN}', base_url='{{url}}')",
        f"client.predictions.get('{ID}')",
    )

    def client(self) -> Any:
        replicate: Any = importlib.import_module("replicate")
        return replicate.Client(api_token=TOKEN, base_url=self.url)

    def get(self) -> Get:
        client = self.client()
        return lambda: client.predictions.get(ID)

    def get_async(self) -> AsyncGet:
        client = self.client()
        return lambda: client.predictions.async_get(ID)

    def read(self) -> Read:
        client: Any = self.client()
        page: Any = importlib.import_module("replicate.pagination").Page
        module: Any = importlib.import_module("replicate.prediction")

        def read(response: httpx.Response) -> object:  # the body of its `predictions.list`
            body = response.json()
            body["results"] = [module._json_to_prediction(client, result) for result in body["results"]]
            return page[module.Prediction](**body)

        return read

    def stream(self, kind: str) -> Get:
        client = self.client()
        prediction = client.models.predictions.create(f"acme/{kind}", input={})

        def stream() -> object:
            last: Any = None
            for event in prediction.stream():
                last = event
            return f"event: {last.event.value}\nid: {last.id}\ndata: {last.data}\n\n".encode()

        return stream

    def run(self) -> Run:
        client = self.client()
        return lambda model, given: client.run(model, input=dict(given))


class Replicate2(Client):
    """The beta of the next one, made by Stainless."""

    start = (
        "import replicate",
        f"client = replicate.Replicate(bearer_token='{TOKEN}', base_url='{{url}}/v1')",
        f"client.predictions.get(prediction_id='{ID}')",
    )

    def client(self, name: str = "Replicate") -> Any:
        make: Any = getattr(importlib.import_module("replicate"), name)
        return make(bearer_token=TOKEN, base_url=f"{self.url}/v1")

    def get(self) -> Get:
        client = self.client()
        return lambda: client.predictions.get(prediction_id=ID)

    def get_async(self) -> AsyncGet:
        client = self.client("AsyncReplicate")
        return lambda: client.predictions.get(prediction_id=ID)

    def read(self) -> Read:
        client = self.client()
        response_class: Any = importlib.import_module("replicate._response").APIResponse
        options: Any = importlib.import_module("replicate._models").FinalRequestOptions
        page: Any = importlib.import_module("replicate.pagination").SyncCursorURLPageWithCreatedFilters
        model: Any = importlib.import_module("replicate.types").Prediction
        asked = options(method="get", url="/predictions")

        def read(response: httpx.Response) -> object:  # what its `request` does with an answer
            parsed = response_class(
                raw=response, client=client, cast_to=page[model], stream=False, stream_cls=None, options=asked
            )
            return parsed.parse()

        return read

    def stream(self, kind: str) -> Get:
        raise NotImplementedError("it reads no streams")

    def run(self) -> Run:
        client = self.client()
        return lambda model, given: client.run(model, input=dict(given))


CLIENTS: dict[str, type[Client]] = {kind.__name__: kind for kind in (HandWritten, Ours, Replicate1, Replicate2)}
