# Made by scripts/unasync.py from replicate_typed/_async/hooks.py; do not edit.
"""Functions of the caller's round each request and each answer."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

import httpx

from replicate_typed.callbacks import Callback

if TYPE_CHECKING:
    from replicate_typed.settings import Settings

AUTHORIZATION = b"authorization"


class Hooks:
    """What is told of every try: of the request before the token is in it, and of the answer when it is here."""

    __slots__ = ("_on_request", "_on_response")

    def __init__(self, settings: Settings) -> None:
        self._on_request = [Callback("on_request", hook) for hook in settings.on_request]
        self._on_response = [Callback("on_response", hook) for hook in settings.on_response]

    def before(self, request: httpx.Request, token: str | None) -> httpx.Request:
        """The request to send: what the hooks have made of theirs, and the token, which they never have."""
        origin = _origin(request.url)
        for hook in self._on_request:
            hook(request)
        if _origin(request.url) != origin:
            raise ValueError("an on_request hook must not change where a request goes")
        headers = [pair for pair in request.headers.raw if pair[0].lower() != AUTHORIZATION]
        if token is not None:
            headers.append((AUTHORIZATION, f"Bearer {token}".encode()))
        sent = httpx.Request(
            request.method, request.url, headers=headers, stream=request.stream, extensions=request.extensions
        )
        if isinstance(request.stream, httpx.ByteStream):
            sent.read()
        return sent

    def after(self, response: httpx.Response) -> None:
        """Tell of an answer; if a hook raises, it is closed, and the error says which one it was."""
        sent = response.request
        headers = [pair for pair in sent.headers.raw if pair[0].lower() != AUTHORIZATION]
        response.request = httpx.Request(sent.method, sent.url, headers=headers, stream=sent.stream)
        try:
            for hook in self._on_response:
                hook(response)
        except BaseException as error:
            id = _id_in(response)
            told = f" and tells of {id}" if id else ""
            error.add_note(f"from an on_response hook; {sent.method} {sent.url.path}: {response.status_code}{told}")
            if not response.is_closed:
                response.close()
            raise


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _id_in(response: httpx.Response) -> str | None:
    """The id of what an answer tells of: of a prediction that goes on, for example."""
    with suppress(httpx.StreamError, ValueError, RecursionError, AttributeError):
        id: object = json.loads(response.content).get("id")
        return id if isinstance(id, str) else None
    return None
