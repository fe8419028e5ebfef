"""What modules written by `replicate-typed types` are made of: references to models, and the types of what they take.

A model's input is described once, by the annotations of its class: checkers read them, and so do the checks at run
time. This package imports little, for every typed module imports it.
"""

from replicate_typed.typed_models.annotations import (
    ConcatenatedText as ConcatenatedText,
    FileInput as FileInput,
    Limits as Limits,
    Output as Output,
    OutputFile as OutputFile,
    SecretInput as SecretInput,
    WireName as WireName,
)
from replicate_typed.typed_models.calls import ModelCall as ModelCall, ModelReference as ModelReference
