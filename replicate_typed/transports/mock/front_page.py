"""What a served mock says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

import replicate_typed

if TYPE_CHECKING:
    from replicate_typed.transports.mock.service import MockTransport


class FrontPage(httpx.AsyncBaseTransport):
    """Says at `/` what is there, at `/openapi.json` what can be asked of it, and hands all else to the mock."""

    def __init__(self, mock: MockTransport) -> None:
        self._mock = mock

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        if request.method in ("GET", "HEAD") and url.path == "/":
            root = f"{url.scheme}://{url.netloc.decode()}"
            return httpx.Response(200, json=self._page(root))
        return await self._mock.handle_async_request(request)

    def _page(self, root: str) -> dict[str, object]:
        return {
            "name": "replicate-typed",
            "version": replicate_typed.__version__,
            "about": "Replicate's HTTP API, served from memory",
            "models": self._mock.models,
            "use": f"set REPLICATE_BASE_URL to {root}",
            "api": f"{root}/v1",
            "openapi": f"{root}/openapi.json",
        }
