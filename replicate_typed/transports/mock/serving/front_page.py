"""What a served mock says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

import replicate_typed
from replicate_typed.transports.mock.operations import document

if TYPE_CHECKING:
    from replicate_typed.transports.mock.service import MockTransport


class FrontPage(httpx.AsyncBaseTransport):
    """Says at `/` what is there, at `/openapi.json` what can be asked of it, and hands all else to the mock.

    Args:
        mock: What answers.
        needs_token: Whether callers need a token.
    """

    def __init__(self, mock: MockTransport, *, needs_token: bool) -> None:
        self._mock = mock
        self._needs_token = needs_token

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method in ("GET", "HEAD"):
            root = str(request.url.copy_with(raw_path=b"/")).rstrip("/")
            if request.url.path == "/":
                return httpx.Response(200, json=self._page(root))
            if request.url.path == "/openapi.json":
                return httpx.Response(200, json=self._description(root))
        return await self._mock.handle_async_request(request)

    def _page(self, root: str) -> dict[str, object]:
        return {
            "name": "replicate-typed",
            "version": replicate_typed.__version__,
            "about": "Replicate's HTTP API, served from memory; not made by Replicate.",
            "models": self._mock.models,
            "use": {
                "python": f"REPLICATE_BASE_URL={root}",
                "javascript": f'new Replicate({{ baseUrl: "{root}/v1" }})',
                "curl": f"curl {root}/v1/models",
            },
            "needs_token": self._needs_token,
            "openapi": f"{root}/openapi.json",
        }

    def _description(self, root: str) -> dict[str, Any]:
        described = document() | {"servers": [{"url": f"{root}/v1"}]}
        return described if self._needs_token else described | {"security": []}
