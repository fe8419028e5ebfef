"""The tree of resources that the dotted operation ids spell."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from pathlib import Path

from openapi_python_client.parser.properties import EnumProperty, ModelProperty

from .document import module_name
from .plan import OperationPlan
from .properties import UnsupportedSpecError, identifier, pascal

FACADE = Path(__file__).resolve().parents[2] / "replicate_typed"


@dataclass
class Resource:
    """One node of the tree: `client.models.versions`."""

    path: tuple[str, ...]
    description: str
    operations: list[OperationPlan] = field(default_factory=list[OperationPlan])
    children: list[Resource] = field(default_factory=list["Resource"])

    @property
    def name(self) -> str:
        return identifier(self.path[-1])

    @property
    def dotted(self) -> str:
        return ".".join(self.path)

    @property
    def module(self) -> str:
        return module_name(self.path)

    @property
    def class_name(self) -> str:
        return f"{self.protocol_name.removesuffix('Protocol')}Resource" if self.path else "Api"

    @property
    def protocol_name(self) -> str:
        return f"{pascal(self.dotted)}Protocol"

    @property
    def classes(self) -> list[str]:
        return [self.class_name, self.protocol_name]

    @property
    def public(self) -> list[OperationPlan]:
        """The operations whose method is generated; the others are the facade's."""
        return [plan for plan in self.operations if not plan.is_facade]

    @property
    def shadowed(self) -> set[str]:
        """The names that the class gives to methods, which hide built-in names in its annotations."""
        return {plan.method for plan in self.public} | {child.name for child in self.children}

    @property
    def models(self) -> list[ModelProperty | EnumProperty]:
        by_name = {str(model.class_info.name): model for plan in self.public for model in plan.models}
        return [by_name[name] for name in sorted(by_name)]

    def walk(self) -> list[Resource]:
        """The resources below this one, parents first."""
        return [found for child in self.children for found in (child, *child.walk())]


def tree(plans: list[OperationPlan], tags: list[dict[str, str]]) -> Resource:
    """The root, whose operations are methods of the client itself; the tags tell what the resources are for."""
    descriptions = {tag["name"]: tag["description"] for tag in tags if "description" in tag}
    root = Resource((), "")
    nodes: dict[tuple[str, ...], Resource] = {(): root}
    for plan in plans:
        for depth in range(1, len(plan.resource) + 1):
            path = plan.resource[:depth]
            if path not in nodes:
                dotted = ".".join(path)
                nodes[path] = Resource(path, descriptions.get(dotted, f"The resource `{dotted}`."))
                nodes[path[:-1]].children.append(nodes[path])
        nodes[plan.resource].operations.append(plan)
    for node in nodes.values():
        node.children.sort(key=lambda child: child.name)
    _refuse_collisions(list(nodes.values()))
    return root


def _refuse_collisions(nodes: list[Resource]) -> None:
    facade = handwritten()
    for node in nodes:
        where = node.dotted or "the client"
        names = [*(plan.method for plan in node.operations), *(child.name for child in node.children)]
        if twice := {name for name in names if names.count(name) > 1}:
            raise UnsupportedSpecError(f"{where}: {', '.join(sorted(twice))} is there twice, as a method or a resource")
        generated = {plan.method for plan in node.public} | {child.name for child in node.children}
        if taken := generated & (facade.get(node.class_name, set()) | {"builtins", "datetime"}):
            raise UnsupportedSpecError(f"{where}: {', '.join(sorted(taken))} is the facade's own method, or reserved")
    for kind in ("module", "class_name"):
        made = [str(getattr(node, kind)) for node in nodes]
        if twice := {name for name in made if made.count(name) > 1}:
            raise UnsupportedSpecError(f"two resources would be called {', '.join(sorted(twice))}")


def handwritten() -> dict[str, set[str]]:
    """The methods that the facade adds to generated classes, which the spec must not bring too."""
    methods: dict[str, set[str]] = {}
    bases: dict[str, set[str]] = {}
    for path in sorted(FACADE.glob("_*sync/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                name = node.name.removeprefix("Async")
                methods.setdefault(name, set()).update(
                    each.name
                    for each in node.body
                    if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef)) and not each.decorator_list
                )
                named = {base.id.removeprefix("Async") for base in node.bases if isinstance(base, ast.Name)}
                bases.setdefault(name, set()).update(named - {name})
    found: dict[str, set[str]] = {}
    for name, own in methods.items():
        above = list(bases[name])
        for base in above:  # and what is above that: the client is made of its resources, and these of the generated
            found.setdefault(base, set()).update(own)
            above += bases.get(base, ())
    return found
