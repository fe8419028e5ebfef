"""How openapi.yaml differs from Replicate's own file: how that is found out, and what of it is intended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")
LIMITS = (
    "format",
    "enum",
    "minimum",
    "maximum",
    "maxLength",
    "pattern",
    "default",
    "uniqueItems",
    "deprecated",
)


def resolved(document: Mapping[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """The node that a reference leads to; what stands beside the reference is laid over it."""
    while reference := node.get("$ref"):
        target: Any = document
        for step in str(reference).removeprefix("#/").split("/"):
            target = target[step]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return node


def operations(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Every operation by method and path."""
    paths: dict[str, dict[str, Any]] = document["paths"]
    return {
        f"{method.upper()} {path}": item[method] for path, item in paths.items() for method in METHODS if method in item
    }


def name_of(schema: Mapping[str, Any], otherwise: str) -> str:
    """What a schema is called: the component it refers to, directly or as an alternative to null."""
    for alternative in (schema, *cast("list[dict[str, Any]]", schema.get("oneOf", []))):
        if reference := alternative.get("$ref"):
            return str(reference).rpartition("/")[2]
    return otherwise


def parameters_of(document: Mapping[str, Any], operation: Mapping[str, Any]) -> dict[str, tuple[str, dict[str, Any]]]:
    """The parameters of an operation, each with the name of its component if it has one."""
    written: list[dict[str, Any]] = operation.get("parameters", [])
    pairs = [(name_of(raw, ""), resolved(document, raw)) for raw in written]
    return {f"{each['name']} in {each['in']}": (shared, each) for shared, each in pairs}


class Shape(NamedTuple):
    """What of a schema concerns its values, alike for OpenAPI 3.0 and 3.1."""

    kind: str
    nullable: bool
    limits: dict[str, Any]
    properties: dict[str, dict[str, Any]]
    required: set[str]
    items: dict[str, Any] | None


def shape_of(document: Mapping[str, Any], schema: dict[str, Any]) -> Shape:
    schema = resolved(document, schema)
    nullable = bool(schema.get("nullable"))
    alternatives: list[dict[str, Any]] = schema.get("oneOf", [])
    if {"type": "null"} in alternatives:
        nullable = True
        alternatives = [each for each in alternatives if each != {"type": "null"}]
    if len(alternatives) == 1:
        schema = resolved(document, alternatives[0])
    written: str | list[str] = schema.get("type", "any")
    types = [written] if isinstance(written, str) else written
    limits = {key: schema[key] for key in LIMITS if key in schema}
    if schema.get("additionalProperties") is False:
        limits["additionalProperties"] = False
    if "enum" in limits:
        limits["enum"] = sorted(limits["enum"])
    return Shape(
        kind="oneOf" if len(alternatives) > 1 else "|".join(each for each in types if each != "null"),
        nullable=nullable or "null" in types,
        limits=limits,
        properties=schema.get("properties", {}),
        required=set(schema.get("required", [])),
        items=schema.get("items"),
    )


class Comparison:
    """Collects, one line each, what is different here from upstream."""

    def __init__(self, theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> None:
        self.theirs, self.ours = theirs, ours
        self.found: set[str] = set()

    def say(self, place: str, what: str, theirs: object, ours: object) -> None:
        if theirs != ours:
            self.found.add(f"{place}: {what} {theirs} -> {ours}")

    def names(self, place: str, what: str, theirs: set[str], ours: set[str]) -> None:
        self.found |= {f"{place}: {what} {name} added" for name in ours - theirs}
        self.found |= {f"{place}: {what} {name} left out" for name in theirs - ours}

    def schemas(self, place: str, theirs: dict[str, Any], ours: dict[str, Any]) -> None:
        owner = name_of(ours, place)
        old, new = shape_of(self.theirs, theirs), shape_of(self.ours, ours)
        self.say(place, "type", old.kind, new.kind)
        self.say(place, "nullable", old.nullable, new.nullable)
        for key in sorted(old.limits.keys() | new.limits.keys()):
            self.say(place, key, old.limits.get(key), new.limits.get(key))
        if bool(old.properties) != bool(new.properties):
            self.say(place, "has fields", bool(old.properties), bool(new.properties))
            return
        self.names(owner, "field", set(old.properties), set(new.properties))
        self.names(owner, "requires", old.required, new.required)
        for field in old.properties.keys() & new.properties.keys():
            self.schemas(f"{owner}.{field}", old.properties[field], new.properties[field])
        if old.items is not None and new.items is not None:
            self.schemas(f"{place}[]", old.items, new.items)

    def contents(self, place: str, theirs: dict[str, Any], ours: dict[str, Any]) -> None:
        old: dict[str, Any] = resolved(self.theirs, theirs).get("content", {})
        new: dict[str, Any] = resolved(self.ours, ours).get("content", {})
        self.names(place, "media type", set(old), set(new))
        for media_type in old.keys() & new.keys():
            self.schemas(place, old[media_type]["schema"], new[media_type]["schema"])

    def parameters(self, place: str, theirs: dict[str, Any], ours: dict[str, Any]) -> None:
        old, new = parameters_of(self.theirs, theirs), parameters_of(self.ours, ours)
        self.names(place, "parameter", set(old), set(new))
        for name in old.keys() & new.keys():
            (_, before), (shared, after) = old[name], new[name]
            here = shared or f"{place} {name}"
            self.say(here, "required", before.get("required", False), after.get("required", False))
            self.schemas(here, before["schema"], after["schema"])

    def operation(self, theirs: dict[str, Any], ours: dict[str, Any]) -> None:
        place = str(theirs["operationId"])
        self.say(place, "operationId", place, ours["operationId"])
        security = (
            theirs.get("security", self.theirs["security"]),
            ours.get("security", self.ours["security"]),
        )
        self.say(place, "security", *security)
        self.parameters(place, theirs, ours)
        old, new = theirs.get("requestBody", {}), ours.get("requestBody", {})
        self.say(f"{place} body", "required", old.get("required", False), new.get("required", False))
        self.contents(f"{place} body", old, new)
        answers: dict[str, Any] = theirs["responses"]
        self.names(place, "status", set(answers), set(ours["responses"]) - {"default"})
        for status in answers.keys() & ours["responses"].keys():
            if status.startswith("2"):
                self.contents(f"{place} {status}", answers[status], ours["responses"][status])

    def documents(self) -> set[str]:
        old, new = operations(self.theirs), operations(self.ours)
        self.names("paths", "operation", set(old), set(new))
        for key in sorted(old.keys() & new.keys()):
            self.operation(old[key], new[key])
        return self.found


# The differences we intend

_REASONS: dict[str, tuple[str, ...]] = {
    "recorded answers leave it out": (
        "Prediction: requires data_removed left out",
        "Prediction: requires error left out",
        "Prediction: requires model left out",
        "Prediction: requires output left out",
        "PredictionUrls: requires web left out",
    ),
    "one of the two serializers writes null for what is not known yet": (
        "Prediction.completed_at: nullable False -> True",
        "Prediction.logs: nullable False -> True",
        "Prediction.started_at: nullable False -> True",
        "Training.completed_at: nullable False -> True",
        "Training.logs: nullable False -> True",
        "Training.output: nullable False -> True",
        "Training.started_at: nullable False -> True",
    ),
    "recorded answers have it though it is not declared": (
        "File: field etag added",
        "File: field name added",
        "FileChecksums: field md5 added",
        "Model: field created_at added",
        "Model: field weights_url added",
        "Prediction: field stream added",
        "Prediction: field webhook added",
        "Prediction: field webhook_completed added",
        "PredictionMetrics: field input_token_count added",
        "PredictionMetrics: field output_token_count added",
        "PredictionMetrics: field predict_time added",
        "PredictionMetrics: field time_to_first_token added",
        "PredictionMetrics: field tokens_per_second added",
        "Training: field webhook_completed added",
    ),
    "a training has the addresses of a prediction; the documentation shows one with `web`": (
        "TrainingUrls: field stream added",
        "TrainingUrls: field web added",
    ),
    "every recorded answer has it, and an answer without it is of no use": (
        "FileUrls: requires get added",
        "Hardware: requires name added",
        "Hardware: requires sku added",
        "Model: requires name added",
        "Model: requires owner added",
        "Model: requires run_count added",
        "Model: requires url added",
        "Model: requires visibility added",
        "ModelVersion: requires created_at added",
        "ModelVersion: requires id added",
        "Training: requires created_at added",
        "Training: requires id added",
        "Training: requires input added",
        "Training: requires status added",
        "Training: requires urls added",
        "Training: requires version added",
        "TrainingUrls: requires cancel added",
        "TrainingUrls: requires get added",
    ),
    "not recorded, but in every published example, and an answer without it is of no use": (
        "Deployment: requires name added",
        "Deployment: requires owner added",
        "DeploymentConfiguration: requires hardware added",
        "DeploymentRelease: requires created_at added",
        "DeploymentRelease: requires model added",
        "DeploymentRelease: requires number added",
        "DeploymentRelease: requires version added",
        "WebhookSecret: requires key added",
    ),
    "a secret, which no repr shows": ("WebhookSecret.key: format None -> password",),
    "declared as any object; it is a whole prediction or version": (
        "Model.default_example: has fields False -> True",
        "Model.latest_version: has fields False -> True",
    ),
    "ids of official models and the word `hidden` are ordinary strings to a caller": (
        "Prediction.version: type oneOf -> string",
    ),
    "all pages are alike: most declare no format, and a published example holds the text `null`": (
        "FilePage.next: format uri -> None",
        "FilePage.previous: format uri -> None",
        "PredictionPage.next: format uri -> None",
        "PredictionPage.previous: format uri -> None",
    ),
    "the text says that the field is deprecated, the declaration does not": (
        "PredictionRequest.stream: deprecated None -> True",
        "VersionPredictionRequest.stream: deprecated None -> True",
    ),
    "naming an event twice means nothing": (
        "PredictionRequest.webhook_events_filter: uniqueItems None -> True",
        "TrainingRequest.webhook_events_filter: uniqueItems None -> True",
        "VersionPredictionRequest.webhook_events_filter: uniqueItems None -> True",
    ),
    "the text says 1 to 60, the pattern lets 61 to 99 through": (
        "Prefer: pattern ^wait(=([1-9]|[1-9][0-9]|60))?$ -> ^wait(=([1-9]|[1-5][0-9]|60))?$",
    ),
    "the text describes the durations, and no pattern does": (
        "CancelAfter: pattern None -> ^([0-9]+|[0-9]+h([0-9]+m)?([0-9]+s)?|[0-9]+m([0-9]+s)?|[0-9]+s)$",
    ),
    "some fields of the body are required, so the body is": (
        "deployments.predictions.create body: required False -> True",
        "files.create body: required False -> True",
        "models.predictions.create body: required False -> True",
        "predictions.create body: required False -> True",
        "trainings.create body: required False -> True",
    ),
    "a change says what to change, if only `{}`": (
        "deployments.update body: required False -> True",
        "models.update body: required False -> True",
    ),
    "the signature in the address takes the token's place": ("files.download: security [{'bearerAuth': []}] -> []",),
}

INTENDED: dict[str, str] = {row: reason for reason, rows in _REASONS.items() for row in rows}
