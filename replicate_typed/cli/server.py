"""The HTTP server: uvicorn, which says when it listens, and ends what is under way when it stops."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

import uvicorn

from replicate_typed.transports.mock.serving.asgi import ASGIApp


def serve_app(app: ASGIApp, listener: socket.socket, announce: Callable[[], None]) -> None:
    """Let an app answer who connects, until the program is told to stop; `announce` is called once it does."""
    config = uvicorn.Config(
        app,
        interface="asgi3",
        http="h11",  # other parsers do not know the method QUERY in all of their versions
        ws="none",
        lifespan="off",
        log_config=None,  # errors go to the standard error
        log_level="error",  # and no warnings, such as of each request that offers to go on with HTTP/2
        access_log=False,
        server_header=False,
        date_header=False,  # the mock has its own
        proxy_headers=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=3,  # for who does not read what was sent
    )
    asyncio.run(_Server(config, app, announce).serve([listener]))


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, app: ASGIApp, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._app = app
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.stop()
        await super().shutdown(sockets)
