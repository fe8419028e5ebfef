"""The document that Cog serves for a model, of which the service shows a copy with each version."""

from __future__ import annotations

from typing import Any, Literal

Job = Literal["prediction", "training"]

INPUTS: dict[Job, str] = {"prediction": "Input", "training": "TrainingInput"}
_OUTPUTS: dict[Job, str] = {"prediction": "Output", "training": "TrainingOutput"}


def document(job: Job, input: dict[str, Any], output: dict[str, Any], choices: dict[str, Any]) -> dict[str, Any]:
    """The document for what a model does: the schemas of its input and output, and of its named choices."""
    reads, gives = INPUTS[job], _OUTPUTS[job]
    request, response = f"{job.title()}Request", f"{job.title()}Response"
    return {
        "openapi": "3.0.2",
        "info": {"title": "Cog", "version": "0.1.0"},
        "paths": {f"/{job}s": {"post": _operation(job, request, response)}},
        "components": {
            "schemas": {
                reads: input,
                gives: {"title": gives, **output},
                **choices,
                request: _object(request, {"id": _text("Id"), "input": _reference(reads)}),
                response: _object(
                    response,
                    {
                        "id": _text("Id"),
                        "input": _reference(reads),
                        "output": _reference(gives),
                        "status": _text("Status"),
                        "error": _text("Error"),
                        "logs": _text("Logs"),
                    },
                ),
            }
        },
    }


def together(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """One document for what a model does, and how it is trained."""
    schemas = one["components"]["schemas"] | other["components"]["schemas"]
    return one | {"paths": one["paths"] | other["paths"], "components": {"schemas": schemas}}


def choices_reference(name: str) -> dict[str, Any]:
    """What stands in the place of choices with a name; more may stand beside it."""
    return {"allOf": [_reference(name)]}


def _operation(job: str, request: str, response: str) -> dict[str, Any]:
    return {
        "summary": "Predict" if job == "prediction" else "Train",
        "requestBody": {"content": {"application/json": {"schema": _reference(request)}}},
        "responses": {
            "200": {
                "description": "Successful Response",
                "content": {"application/json": {"schema": _reference(response)}},
            }
        },
    }


def _object(title: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "title": title, "properties": properties}


def _text(title: str) -> dict[str, Any]:
    return {"type": "string", "title": title}


def _reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}
