"""How an operation's successful answer is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.parser.properties.enum_property import EnumProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol

from .properties import Place, UnsupportedSpecError, annotation, inner_models, is_mapping, is_page, read, without_null


@dataclass
class Answer:
    returns: str
    parse: list[str]
    models: list[ModelProperty | EnumProperty] = field(default_factory=list[ModelProperty | EnumProperty])
    is_page: bool = False


def answer_of(where: str, endpoint: Endpoint) -> Answer:
    """How success is read: by status where the statuses differ, else in one way for all of them."""
    answers: dict[str, tuple[Answer, list[int]]] = {}
    for response in endpoint.responses.patterns:
        status, _ = response.status_code.range or (0, 0)
        if not 200 <= status < 300:
            continue
        source = response.source["attribute"]
        answer = _one_answer(response.prop, source)
        answers.setdefault(answer.returns, (answer, []))[1].append(status)
    if not answers:
        raise UnsupportedSpecError(f"{where}: no success status is described")
    if len(answers) == 1:
        return next(iter(answers.values()))[0]
    if any(answer.is_page or answer.returns == "BinaryResponse" for answer, _ in answers.values()):
        raise UnsupportedSpecError(f"{where}: a page or a file beside other answers is not supported")
    *first, (last, _) = answers.values()
    lines = [
        line
        for answer, statuses in first
        for line in (f"if response.status_code in {{{', '.join(map(str, statuses))}}}:", f"    {answer.parse[0]}")
    ]
    models = [model for answer, _ in answers.values() for model in answer.models]
    return Answer(" | ".join(answers), [*lines, *last.parse], models)


def _one_answer(prop: PropertyProtocol, source: str) -> Answer:
    match source:
        case "None":
            return Answer("None", ["return None"])
        case "response.text":
            return Answer("str", ["return read_text(response)"])
        case "response.content":
            return Answer("BinaryResponse", ["return BinaryResponse(response)"])
        case _:
            pass
    if isinstance(prop, ModelProperty) and not is_mapping(prop):
        name = annotation(prop)
        return Answer(name, [f"return {name}.from_dict(read_json(response))"], [prop], is_page(prop))
    _, nullable = without_null(prop)
    expression = read(prop, Place('"answer"'), "value" if nullable else "read_json(response)")
    if nullable:
        return Answer(
            f"{annotation(prop)} | None",
            [f"return None if (value := read_json(response)) is None else {expression}"],
            inner_models(prop),
        )
    return Answer(annotation(prop), [f"return {expression}"], inner_models(prop))
