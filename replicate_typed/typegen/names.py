"""Names in Python for what has any name: fields, modules, classes."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Collection

# What annotations in a class, and the code that attrs writes for one, must still find by these names.
IN_CLASSES = frozenset(
    {"Annotated", "Any", "Literal", "Mapping", "Sequence", "attribute", "bool", "dict", "float", "int", "list", "self"}
    | {"str"}
    | {"ConcatenatedText", "FileInput", "Limits", "ModelReference", "Output", "OutputFile", "SecretInput", "WireName"}
)
IN_MODULES = IN_CLASSES | {"TypeAlias", "annotations", "define"}


def field_names(names: Collection[str], reserved: Collection[str]) -> dict[str, str]:
    """A parameter for each name of a model, the same where it can be; no two are equal.

    Those that can keep their names do, whatever the others are called.
    """
    kept = [name for name in names if identifier(name) == name and name not in reserved]
    taken = {*kept, *reserved}
    found: dict[str, str] = {name: name for name in kept}
    for name in names:
        if name not in found:
            found[name] = unused(identifier(name), taken)
            taken.add(found[name])
    return found


def identifier(name: str) -> str:
    """The name as an identifier without underscores at its start, which attrs and classes give a meaning."""
    word = re.sub(r"\W", "_", unicodedata.normalize("NFKC", name))
    word = word.strip("_") if word.startswith("_") else word
    if not word.isidentifier():
        word = f"field_{word}" if word and f"field_{word}".isidentifier() else "field"
    return f"{word}_" if keyword.iskeyword(word) else word


def constant_name(name: str) -> str:
    """The lower-case name of the module of a model, and of what stands for the model in it."""
    word = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    word = word if word and not word[0].isdigit() else f"model_{word}"
    return f"{word}_" if keyword.iskeyword(word) or word in IN_MODULES else word


def class_name(*words: str) -> str:
    """Words as the name of a class: `flux-schnell` and `input` are FluxSchnellInput."""
    parts = [part for word in words for part in re.split(r"[\W_]+", unicodedata.normalize("NFKC", word)) if part]
    name = "".join(part[:1].upper() + part[1:] for part in parts)
    name = name if name.isidentifier() else f"Model{name}"
    return name if name.isidentifier() else f"Model{re.sub(r'[^A-Za-z0-9]', '', name)}"


def unused(name: str, taken: Collection[str]) -> str:
    """The name, with as many underscores after it as make it another than those."""
    while name in taken:
        name += "_"
    return name
