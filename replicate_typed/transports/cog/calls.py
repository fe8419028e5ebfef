"""What a request to Replicate's API asks of a Cog server; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote

from replicate_typed.errors import NotSupportedError
from replicate_typed.transports.cog.reports import object_in

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True, slots=True)
class Create:
    """Run the model."""

    body: dict[str, Any]
    model: str | None
    version: str | None
    """The version that was named, which the server does not know."""


@dataclass(frozen=True, slots=True)
class Get:
    """Look at a prediction."""

    id: str


@dataclass(frozen=True, slots=True)
class Cancel:
    """End a prediction."""

    id: str


@dataclass(frozen=True, slots=True)
class GetModel:
    """Describe the model."""

    model: str


Call: TypeAlias = Create | Get | Cancel | GetModel


def call_of(request: httpx.Request, served: str | None) -> Call:
    """What is asked for; raises NotSupportedError when a server of the model `served` cannot do it.

    When that is None, the server's model goes by any name.
    """
    _, path = root_and_path(request.url)
    match request.method, [unquote(part) for part in path.split("/")[1:]]:
        case "POST", ["predictions"]:
            body = object_in(request.content)
            model, _, version = str(body.get("version")).rpartition(":")
            if "/" in version:  # only "owner/name"
                model, version = version, ""
            return Create(body, _checked(request, model, served) if model else served, version or None)
        case "POST", ["models", owner, name, "predictions"]:
            return Create(object_in(request.content), _checked(request, f"{owner}/{name}", served), None)
        case "GET", ["models", owner, name]:
            return GetModel(_checked(request, f"{owner}/{name}", served))
        case "GET", ["predictions", id]:
            return Get(id)
        case "POST", ["predictions", id, "cancel"]:
            return Cancel(id)
        case _:
            raise NotSupportedError(
                f"{request.method} {path}: a Cog server has no such thing; "
                f"it runs {served or 'one model'}, and predictions of it can be made, read and canceled"
            )


def root_and_path(url: httpx.URL) -> tuple[str, str]:
    """The address of the API, and the path below it."""
    prefix, _, path = url.raw_path.decode("ascii").partition("?")[0].partition("/v1/")
    return f"{url.scheme}://{url.netloc.decode('ascii')}{prefix}/v1", f"/{path}"


def _checked(request: httpx.Request, asked: str, served: str | None) -> str:
    if asked != (served or asked):
        _, path = root_and_path(request.url)
        raise NotSupportedError(f"{request.method} {path}: the Cog server runs {served}, not {asked}")
    return asked
