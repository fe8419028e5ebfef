"""Collections, and searches: by words, for models and all else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from replicate_typed.transports.mock.collections import MockCollection
from replicate_typed.transports.mock.exchanges import Reply, json_reply
from replicate_typed.transports.mock.handlers.lists import page_reply
from replicate_typed.transports.mock.searching import PAGES, Search

if TYPE_CHECKING:
    from replicate_typed.transports.mock.calls import Call
    from replicate_typed.transports.mock.handlers.table import Handler
    from replicate_typed.transports.mock.state import State

_MOST_FOUND = 20  # unless the caller has a limit


def list_(state: State, call: Call) -> Reply:
    with state.lock:
        collections = list(state.collections.values())
    return page_reply(
        state, call, "collections", collections, lambda collection: collection.sequence, MockCollection.as_json
    )


def get(state: State, call: Call) -> Reply:
    collection = state.collection(*call.names)
    models = [model.as_json(call.now) for name in collection.models if (model := state.models.get(name))]
    return json_reply({**collection.as_json(), "full_description": None, "models": models})


def search(state: State, call: Call) -> Reply:
    query: str = call.query["query"]
    search = Search.of(query)
    with state.lock:
        found = search.models(state.models.values())[: call.query.get("limit", _MOST_FOUND)]
        collections = [
            {**collection.as_json(), "models": list(collection.models)}
            for collection in state.collections.values()
            if search.score(collection.name, collection.description)
        ]
    models = [{"model": model.as_json(call.now), "metadata": _metadata(score)} for model, score in found]
    pages = [page for page in PAGES if search.score(str(page["name"]))]
    return json_reply({"query": query, "models": models, "collections": collections, "pages": pages})


def search_models(state: State, call: Call) -> Reply:
    search = Search.of(call.request.content.decode(errors="replace"))
    with state.lock:
        found = search.models(state.models.values())[: state.page_size("models")]
    results = [model.as_json(call.now) for model, _ in found]
    return json_reply({"next": None, "previous": None, "results": results})


def _metadata(score: float) -> dict[str, object]:
    return {"generated_description": None, "tags": [], "score": score}


HANDLERS: dict[str, Handler] = {
    "collections.list": list_,
    "collections.get": get,
    "search": search,
    "models.search": search_models,
}
