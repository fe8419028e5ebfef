"""What the service sends: predictions like those that were recorded from the real one."""

from __future__ import annotations

import json
from typing import Any

ID = "vgcm4plb7tgzlyznry5d5jkgvu"
OUTPUT = ["https://replicate.delivery/pbxt/9inf36wjsEWuQ6XTf84iezPftv9QZdePfGySnU5tUai3BOrWE/out-0.png"]
LOGS = "Using seed: 42069\nPrompt: a studio photo of a rainbow colored corgi\ntxt2img mode\n"
LONG_LOGS = LOGS + "".join(
    f"{step * 2:3}%|{'#' * (step // 5):10}| {step}/50 [00:{step // 17:02}<00:02, 17.19it/s]\n" for step in range(51)
)
PAGE_LENGTH = 100
EVENTS = [
    f"event: output\nid: {1690212292 + number // 50}:{number % 50}\ndata:  giraffes\n\n".encode()
    for number in range(999)
]
EVENTS.append(b"event: done\nid: 1690212312:0\ndata: {}\n\n")


def prediction(
    id: str = ID, *, status: str = "succeeded", logs: str = LOGS, input: Any = None, is_held: bool = False
) -> dict[str, Any]:
    """A prediction of an image model; an answer that was held until it was done shows an output, but no end."""
    has_ended = status == "succeeded"
    return {
        "id": id,
        "model": "stability-ai/sdxl",
        "version": "39ed52f2a78e934b3ba6e2a89f5b1c712de7dfea535525255b1aa35c5565e08b",
        "input": input or {
            "seed": 42069,
            "width": 1024,
            "height": 1024,
            "prompt": "a studio photo of a rainbow colored corgi",
            "num_outputs": 1,
            "guidance_scale": 7.5,
        },
        "logs": logs if has_ended else "",
        "output": OUTPUT if has_ended or is_held else None,
        "data_removed": False,
        "error": None,
        "source": "api",
        "status": status,
        "created_at": "2025-08-16T18:57:08.360785Z",
        "started_at": "2025-08-16T18:57:08.366092Z" if has_ended else None,
        "completed_at": "2025-08-16T18:57:12.17042Z" if has_ended else None,
        "metrics": {"predict_time": 3.804328, "total_time": 3.809635} if has_ended else {},
        "urls": {
            "web": f"https://replicate.com/p/{id}",
            "get": f"https://api.replicate.com/v1/predictions/{id}",
            "cancel": f"https://api.replicate.com/v1/predictions/{id}/cancel",
        },
    }  # fmt: skip


def encoded(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def page(logs: str = LOGS) -> bytes:
    """A page of predictions."""
    results = [prediction(f"{ID[:20]}{number:06}", logs=logs) for number in range(PAGE_LENGTH)]
    following = (
        "https://api.replicate.com/v1/predictions?cursor=cD0yMDI1LTA4LTE2KzE4JTNBNTclM0EwOC4zNjA3ODUlMkIwMCUzQTAw"
    )
    return encoded({"previous": None, "next": following, "results": results})
