"""Typed modules of models: `TypedFolder` is what `replicate-typed types` works on."""

from replicate_typed.typegen.folder import Checked as Checked, TypedFolder as TypedFolder, Written as Written
from replicate_typed.typegen.modules import module_text as module_text
from replicate_typed.typegen.schemas import described as described
