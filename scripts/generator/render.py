"""The whole generated package, written below a folder."""

from __future__ import annotations

import contextlib
import io
import shutil
import subprocess
import sys
from collections.abc import Set as AbstractSet
from functools import partial
from pathlib import Path
from typing import Any, cast

from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import EnumProperty, ModelProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.properties.union import UnionProperty

from . import document as spec, models
from .arguments import Argument
from .docstrings import docstring, item_text, operation_text
from .naming import named
from .plan import READERS, WRITERS, OperationPlan, plan
from .properties import (
    UnsupportedSpecError,
    inner_models,
    is_page,
    properties_of,
    raw,
)
from .resources import Resource, tree

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "scripts" / "templates"
HEADER = "# Made by scripts/regenerate from openapi.yaml; do not edit.\n"
COLOURS = (
    {"prefix": "", "def": "def", "await": ""},
    {"prefix": "Async", "def": "async def", "await": "await "},
)


def render(document: dict[str, Any], package: Path, config_file: Path) -> list[str]:
    """Write the package; gives the names of its models."""
    document = named(document)
    config = Config.from_sources(
        ConfigFile.load_from_path(config_file), MetaType.NONE, ROOT / "openapi.yaml", "utf-8", True, package
    )
    prepared = spec.prepare(document)
    data = GeneratorData.from_dict(prepared, config=config)
    if isinstance(data, GeneratorError):
        raise UnsupportedSpecError(f"{data.header}: {data.detail}")
    lost = [
        *data.errors,
        *(error for tagged in data.endpoint_collections_by_tag.values() for error in tagged.parse_errors),
    ]
    if lost:
        raise UnsupportedSpecError("; ".join(f"{error.header} {error.detail}" for error in lost))
    endpoints = {
        str(endpoint.name): endpoint
        for tagged in data.endpoint_collections_by_tag.values()
        for endpoint in tagged.endpoints
    }
    complete(data, endpoints)
    plans: dict[str, OperationPlan] = {}
    for path, method, operation in spec.operations(document):
        name = spec.module_name(operation["operationId"].split("."))
        if name not in endpoints or name in plans:
            raise UnsupportedSpecError(f"{operation['operationId']}: lost on the way, or there twice")
        plans[name] = plan(document, path, method, operation, endpoints[name])
    root = tree(list(plans.values()), document.get("tags", []))
    keep = models.kept(data.models, [model for each in plans.values() for model in each.models])
    keep |= _answered(data, endpoints)
    data.models = [model for model in data.models if str(model.class_info.name) in keep]
    data.enums = [enum for enum in data.enums if str(enum.class_info.name) in keep]
    _refuse_names(root, keep)
    project = Project(openapi=data, config=config, custom_template_path=TEMPLATES)
    cast("dict[str, Any]", project.env.globals).update(
        assignment=assignment,
        colours=COLOURS,
        docstring=docstring,
        enum_description=enum_description,
        item_text=item_text,
        model_plan=partial(ModelPlan, document, data.models),
        operation_plan=partial(operation_plan, plans),
        operation_text=operation_text,
        part=part,
        passed=passed,
        readers=READERS,
        signature=signature,
        tree=root,
        unshadowed=models.unshadowed,
        writers=WRITERS,
    )
    with contextlib.redirect_stdout(io.StringIO()):
        errors = project.build()
    if errors:
        raise UnsupportedSpecError("; ".join(f"{error.header} {error.detail}" for error in errors))
    _write_resources(project, package, root)
    for name in ("reading", "showing", "writing"):
        text = project.env.get_template(f"{name}.py.jinja").render()
        (package / f"{name}.py").write_text(text, encoding="utf-8")
    (package / "errors.py").unlink()
    (package / "py.typed").touch()
    _finish(package)
    return sorted(str(kind.class_info.name) for kind in [*data.models, *data.enums])


def _refuse_names(root: Resource, names: set[str]) -> None:
    made = {f"{colour['prefix']}{each}" for node in root.walk() for each in node.classes for colour in COLOURS}
    if taken := made & names:
        raise UnsupportedSpecError(f"{', '.join(sorted(taken))}: is the name of a resource's class too")


def complete(data: GeneratorData, endpoints: dict[str, Endpoint]) -> None:
    """Give the fields of a model to every mention of it: the generator copies some before they are known."""
    by_name = {str(model.class_info.name): model for model in data.models}
    seen: set[int] = set()

    def visit(prop: PropertyProtocol) -> None:
        if id(prop) in seen:
            return
        seen.add(id(prop))
        match prop:
            case UnionProperty():
                below: list[PropertyProtocol] = list(prop.inner_properties)
            case ListProperty():
                below = [prop.inner_property]
            case ModelProperty():
                if prop.required_properties is None and (model := by_name.get(str(prop.class_info.name))):
                    prop.required_properties = model.required_properties
                    prop.optional_properties = model.optional_properties
                below = list(properties_of(prop))
            case _:
                below = []
        for inner in below:
            visit(inner)

    for model in data.models:
        visit(model)
    for endpoint in endpoints.values():
        for prop in endpoint.list_all_parameters():
            visit(prop)
        for response in endpoint.responses:
            visit(response.prop)


def _answered(data: GeneratorData, endpoints: dict[str, Endpoint]) -> set[str]:
    """The classes that error answers speak of."""
    used = [
        model
        for endpoint in endpoints.values()
        for response in endpoint.responses
        for model in inner_models(response.prop)
    ]
    return models.kept(data.models, used)


class ModelPlan:
    """A schema as the template needs it."""

    def __init__(self, document: dict[str, Any], all_models: list[ModelProperty], model: ModelProperty) -> None:
        self.name = str(model.class_info.name)
        self.is_page = is_page(model)
        schema = document["components"]["schemas"].get(self.name, {})
        shadowed = models.field_names(model)
        self.fields = models.fields(model, schema.get("properties", {}), shadowed)
        self.description = raw(model.description) or f"The API's `{self.name}`."
        self.str, self.dict = models.unshadowed("str", shadowed), models.unshadowed("dict", shadowed)
        named = {
            str(inner.class_info.name): inner
            for prop in properties_of(model)
            for inner in inner_models(prop)
            if str(inner.class_info.name) != self.name
        }
        cyclic = {name for name, inner in named.items() if self.name in models.kept(all_models, _below(inner))}
        self.imports = [named[name] for name in sorted(named.keys() - cyclic)]
        self.late = self.deferred = [named[name] for name in sorted(cyclic)]


def _below(kind: ModelProperty | EnumProperty) -> list[ModelProperty | EnumProperty]:
    return (
        [inner for prop in properties_of(kind) for inner in inner_models(prop)]
        if isinstance(kind, ModelProperty)
        else []
    )


def operation_plan(plans: dict[str, OperationPlan], endpoint: Endpoint) -> OperationPlan:
    return plans[str(endpoint.name)]


def enum_description(enum: EnumProperty) -> str:
    return raw(enum.description) or f"The values of {enum.class_info.name}."


def signature(plan: OperationPlan, shadowed: AbstractSet[str] = frozenset()) -> str:
    """The parameters of an endpoint function or of a method, `self` apart."""

    def declared(argument: Argument) -> str:
        type_ = models.unshadowed(argument.type, shadowed)
        return f"{argument.name}: {type_}" if argument.required else f"{argument.name}: {type_} | None = None"

    positional = [declared(argument) for argument in plan.positional]
    keyword_only = [declared(argument) for argument in plan.keyword_only]
    if plan.has_json_body:
        keyword_only.append(models.unshadowed("extra_body: Mapping[str, Any] | None = None", shadowed))
    return ", ".join([*positional, *(["*", *keyword_only] if keyword_only else [])])


def passed(plan: OperationPlan) -> str:
    """The arguments of a method as it passes them on."""
    positional = [argument.name for argument in plan.positional]
    keyword_only = [argument.name for argument in plan.keyword_only] + (["extra_body"] if plan.has_json_body else [])
    return ", ".join([*positional, *(f"{name}={name}" for name in keyword_only)])


def assignment(argument: Argument, target: str) -> str:
    """The statement that puts an argument into the query, the headers or the body."""
    value = argument.value
    if target == "_headers" and not value.startswith(("write_string", "write_enum", "write_time")):
        value = f"query_text({value})"
    statement = f'{target}["{argument.wire_name}"] = {value}'
    return statement if argument.required else f"if {argument.name} is not None:\n    {statement}"


def part(argument: Argument) -> str:
    """The statement that adds an argument to a multipart body."""
    kind = "file_part" if argument.value.startswith("write_file") else "form_part"
    statement = f'_body.append({kind}("{argument.wire_name}", {argument.value}))'
    return statement if argument.required else f"if {argument.name} is not None:\n    {statement}"


def _write_resources(project: Project, package: Path, root: Resource) -> None:
    template = project.env.get_template("resource.py.jinja")
    for resource in root.walk():
        folder = package / "api" / resource.module
        folder.mkdir(exist_ok=True)
        if not (folder / "__init__.py").exists():
            (folder / "__init__.py").write_text(project.env.get_template("endpoint_init.py.jinja").render())
        (folder / "resource.py").write_text(template.render(resource=resource), encoding="utf-8")


def _finish(package: Path) -> None:
    for path in sorted(package.rglob("*.py")):
        path.write_text(HEADER + path.read_text(encoding="utf-8"), encoding="utf-8")
    ruff(
        [
            "check",
            "--isolated",
            "--target-version=py311",
            "--select=F401,I,UP",
            "--fix",
            "--exit-zero",
            str(package),
        ]
    )
    ruff(["format", "--isolated", "--line-length=120", "--target-version=py311", str(package)])
    for cache in package.rglob("__pycache__"):
        shutil.rmtree(cache)


def ruff(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "ruff", *arguments, "--no-cache"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise UnsupportedSpecError(f"what would be generated is not Python: {done.stderr.strip()}")
