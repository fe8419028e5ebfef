"""What cassettes hold when they are measured: like that which was recorded from the real service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .bodies import ID, LOGS, LONG_LOGS, encoded, page, prediction

API = "https://api.replicate.com/v1"
MODEL = "stability-ai/sdxl"
INPUT: dict[str, Any] = {"prompt": "a café by the sea, “golden hour”", "width": 1024, "height": 1024, "seed": 42069}
RUNS, POLLS, LISTS, LOOKS = 15, 7, 5, 12
MODELS_ON_A_PAGE = 25
LONGEST_LOGS = 1_000_000  # characters; two of 25 models had examples as long as that
REQUEST_HEADERS = {
    "accept": ["*/*"],
    "accept-encoding": ["gzip, deflate"],
    "connection": ["keep-alive"],
    "host": ["api.replicate.com"],
    "user-agent": ["python-httpx/0.28.1"],
}
HEADERS = {
    "CF-Cache-Status": ["DYNAMIC"],
    "CF-RAY": ["7f7be8b17b47f8d1-SEA"],
    "Connection": ["keep-alive"],
    "Content-Type": ["application/json"],
    "Date": ["Sat, 16 Aug 2025 18:57:08 GMT"],
    "NEL": ['{"success_fraction":0,"report_to":"cf-nel","max_age":604800}'],
    "Server": ["cloudflare"],
    "Strict-Transport-Security": ["max-age=15552000"],
    "Transfer-Encoding": ["chunked"],
    "ratelimit-remaining": ["59999"],
    "ratelimit-reset": ["1"],
    "via": ["1.1 google"],
}
FIELDS: dict[str, dict[str, Any]] = {
    "prompt": {"type": "string", "description": "Input prompt; “quoted” words weigh more", "default": "An astronaut"},
    "negative_prompt": {"type": "string", "description": "What must not be there", "default": ""},
    "image": {"type": "string", "format": "uri", "description": "Input image for img2img or inpaint mode"},
    "mask": {"type": "string", "format": "uri", "description": "Black areas are kept, white areas inpainted"},
    "width": {"type": "integer", "description": "Width of output image", "default": 1024},
    "height": {"type": "integer", "description": "Height of output image", "default": 1024},
    "num_outputs": {"type": "integer", "description": "Images to output", "minimum": 1, "maximum": 4, "default": 1},
    "scheduler": {"allOf": [{"$ref": "#/components/schemas/scheduler"}], "description": "scheduler", "default": "DDIM"},
    "guidance_scale": {"type": "number", "description": "How close to the prompt", "minimum": 1, "maximum": 50},
    "prompt_strength": {"type": "number", "description": "1.0 destroys all of the image", "minimum": 0, "maximum": 1},
    "seed": {"type": "integer", "description": "Random seed. Leave blank to randomize the seed"},
    "disable_safety_checker": {"type": "boolean", "description": "Only through the API", "default": False},
}


@dataclass(frozen=True)
class Exchange:
    """A request as httpx sends it, the call of our client that sends the same, and the answer."""

    call: str
    arguments: tuple[Any, ...]
    method: str
    path: str
    answer: bytes
    status: int = 200
    body: Any = None

    @property
    def url(self) -> str:
        return f"{API}{self.path}"


def exchanges() -> list[Exchange]:
    """137 of a program that runs models, waits for them, and looks at what there is."""
    return [
        *(exchange for number in range(RUNS) for exchange in run(number)),
        *(Exchange("predictions.list", (), "GET", "/predictions", page()) for _ in range(LISTS)),
        *(look(number) for number in range(LOOKS)),
    ]


def run(number: int) -> list[Exchange]:
    """A prediction that is created, and looked at until it is done."""
    id = f"{ID[:20]}{number:06}"
    starts, goes_on, ends = (
        encoded(prediction(id, status=status, input=INPUT, logs=LONG_LOGS))
        for status in ("starting", "processing", "succeeded")
    )
    create = Exchange(
        "predictions.create",
        (MODEL, INPUT),
        "POST",
        f"/models/{MODEL}/predictions",
        starts,
        status=201,
        body={"input": INPUT},
    )
    return [
        create,
        *(
            Exchange("predictions.get", (id,), "GET", f"/predictions/{id}", answer)
            for answer in [*[goes_on] * (POLLS - 1), ends]
        ),
    ]


def look(number: int) -> Exchange:
    name = f"acme/model-{number}"
    return Exchange("models.get", (name,), "GET", f"/models/{name}", encoded(model(name)))


def page_of_models() -> Exchange:
    """A page whose recording has 2.4 MB, as a recorded one had."""
    models = [model(f"acme/model-{number}") for number in range(MODELS_ON_A_PAGE)]
    for each in models[:2]:
        each["default_example"]["logs"] = (LONG_LOGS * (LONGEST_LOGS // len(LONG_LOGS) + 1))[:LONGEST_LOGS]
    return Exchange("models.list", (), "GET", "/models", encoded({"previous": None, "next": None, "results": models}))


def model(name: str) -> dict[str, Any]:
    """With what its newest version takes and gives, and an example."""
    owner, _, short = name.partition("/")
    scheduler = {"enum": ["DDIM", "K_EULER", "PNDM"], "type": "string", "title": "scheduler"}
    fields = {
        name: {**field, "title": name.replace("_", " ").title(), "x-order": order}
        for order, (name, field) in enumerate(FIELDS.items())
    }
    output = {"type": "array", "items": {"type": "string", "format": "uri"}, "title": "Output"}
    schemas = {"Input": {"type": "object", "title": "Input", "properties": fields}, "Output": output}
    version = {
        "id": "39ed52f2a78e934b3ba6e2a89f5b1c712de7dfea535525255b1aa35c5565e08b",
        "created_at": "2023-10-12T16:09:47.200390Z",
        "cog_version": "0.8.6",
        "openapi_schema": {
            "info": {"title": "Cog", "version": "0.1.0"},
            "paths": {},
            "openapi": "3.0.2",
            "components": {"schemas": {**schemas, "scheduler": scheduler}},
        },
    }
    return {
        "url": f"https://replicate.com/{name}",
        "owner": owner,
        "name": short,
        "description": "A text-to-image model that makes “beautiful” images",
        "visibility": "public",
        "github_url": f"https://github.com/{name}",
        "paper_url": None,
        "license_url": None,
        "run_count": 31415926,
        "cover_image_url": "https://replicate.delivery/pbxt/cover.png",
        "default_example": prediction(logs=LOGS),
        "latest_version": version,
    }


def document(recorded: list[Exchange]) -> dict[str, Any]:
    """The cassette, as vcrpy has it before it writes it."""
    return {"interactions": [interaction(each) for each in recorded], "version": 1}


def interaction(exchange: Exchange) -> dict[str, Any]:
    body = "" if exchange.body is None else encoded(exchange.body).decode()
    typed = {"content-length": [str(len(body.encode()))], "content-type": ["application/json"]} if body else {}
    return {
        "request": {
            "method": exchange.method,
            "uri": exchange.url,
            "body": body,
            "headers": own(REQUEST_HEADERS) | typed,
        },
        "response": {
            "status": {"code": exchange.status, "message": {200: "OK", 201: "Created"}[exchange.status]},
            "headers": own(HEADERS),
            "body": {"string": exchange.answer.decode()},
        },
    }


def own(headers: dict[str, list[str]]) -> dict[str, list[str]]:
    """Headers that nothing else has: what stands in a tree twice would be written once, and referred to."""
    return {name: [*values] for name, values in headers.items()}
