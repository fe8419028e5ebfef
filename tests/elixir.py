"""What the mock of the Elixir client answers, for the tests of the preset that answers the same."""

from __future__ import annotations

from typing import Any

S = "db21e45d3f7023abc2a46ee38a23973f6dce16bb082a930b0c49861f96d1e5bf"
S27 = "27b93a2413e7f36cd83da926f3656280b2931564ff050bf9575f1fdf9bcd7478"
WOMBAT = "a 19th century portrait of a wombat gentleman"
OUT = [
    "https://replicate.com/api/models/stability-ai/stable-diffusion/files/50fcac81-865d-499e-81ac-49de0cb79264/out-0.png"
]
CURSOR = "cD0yMDIyLTAxLTIxKzIzJTNBMTglM0EyNC41MzAzNTclMkIwMCUzQTAw"


def prediction(status: str, id: str = "1234") -> dict[str, Any]:
    """The fixture, with the instant that was added."""
    address = f"https://api.replicate.com/v1/predictions/{id}"
    return {
        "id": id,
        "status": status,
        "input": {"prompt": WOMBAT},
        "version": S27,
        "output": OUT,
        "urls": {"get": address, "cancel": f"{address}/cancel"},
        "created_at": "2022-04-26T19:29:04.418669Z",
    }


V1: dict[str, Any] = {
    "id": "v1",
    "created_at": "2022-04-26T19:29:04.418669Z",
    "cog_version": "0.3.0",
    "openapi_schema": {},
}
V2: dict[str, Any] = {
    "id": "v2",
    "created_at": "2022-03-21T13:01:04.418669Z",
    "cog_version": "0.3.0",
    "openapi_schema": {},
}
MODEL: dict[str, Any] = {
    "url": "https://replicate.com/replicate/hello-world",
    "owner": "replicate",
    "name": "hello-world",
    "description": "A tiny model that says hello",
    "visibility": "public",
    "github_url": "https://github.com/replicate/cog-examples",
    "paper_url": None,
    "license_url": None,
    "run_count": 12345,
    "cover_image_url": None,
    "latest_version": V2,
}
HARDWARE: list[dict[str, Any]] = [
    {"name": "CPU", "sku": "cpu"},
    {"name": "Nvidia T4 GPU", "sku": "gpu-t4"},
    {"name": "Nvidia A40 GPU", "sku": "gpu-a40-small"},
    {"name": "Nvidia A40 (Large) GPU", "sku": "gpu-a40-large"},
]
NEXT = f"https://api.replicate.com/v1/trainings?cursor={CURSOR}"
