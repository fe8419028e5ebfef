"""The arguments of an endpoint function, those of its path first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from openapi_python_client.parser.properties.protocol import PropertyProtocol

from .document import described
from .properties import identifier

PAIR = re.compile(r"\{(?P<noun>\w+)_owner\}/\{(?P=noun)_name\}")
VARIABLE = re.compile(r"\{(\w+)\}")


@dataclass
class Argument:
    """One argument of an endpoint function, and where its value goes."""

    name: str
    wire_name: str
    place: str
    type: str
    value: str
    required: bool
    description: str = ""
    prop: PropertyProtocol | None = None


def path_and_arguments(path: str, parameters: dict[tuple[str, str], dict[str, Any]]) -> tuple[str, list[Argument]]:
    """The path as an f-string, and its arguments: `{x_owner}/{x_name}` is one, `{x_id}` may be an object."""
    arguments: list[Argument] = []

    def describe(name: str) -> str:
        return described(parameters["path", name])

    def pair(match: re.Match[str]) -> str:
        noun = identifier(match["noun"])
        text = f"The {noun} as `owner/name`, or an object that has an owner and a name."
        arguments.append(Argument(noun, noun, "path", "str | Owned", f'path_owned("{noun}", {noun})', True, text))
        return f"\0{noun}\0"

    def variable(match: re.Match[str]) -> str:
        name = match[1]
        noun, _, attribute = name.rpartition("_")
        if noun and attribute in {"id", "slug"}:
            noun = identifier(noun)
            kind = {"id": "HasId", "slug": "HasSlug"}[attribute]
            argument = Argument(
                noun,
                name,
                "path",
                f"str | {kind}",
                f'path_{attribute}("{noun}", {noun})',
                True,
                f"{describe(name)} An object that has the {attribute} will do.",
            )
        else:
            own = identifier(name)
            argument = Argument(own, name, "path", "str | int", f'path_value("{own}", {own})', True, describe(name))
        arguments.append(argument)
        return f"\0{argument.name}\0"

    source = VARIABLE.sub(variable, PAIR.sub(pair, path))
    order = re.findall("\0(.+?)\0", source)
    arguments.sort(key=lambda argument: order.index(argument.name))
    for argument in arguments:
        source = source.replace(f"\0{argument.name}\0", f"{{{argument.value}}}")
    return (f"f{source!r}" if arguments else repr(source)), arguments
