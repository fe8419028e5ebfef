"""What modules written by `replicate-typed types` are made of: references to models, and the types of what they take.

A model's input is described once, by the annotations of its class: checkers read them, and so do the checks at run
time. This package imports little, for every typed module imports it.
"""

from replicate_typed.typed_models.annotations import ConcatenatedText as ConcatenatedText
from replicate_typed.typed_models.annotations import FileInput as FileInput
from replicate_typed.typed_models.annotations import Limits as Limits
from replicate_typed.typed_models.annotations import Output as Output
from replicate_typed.typed_models.annotations import OutputFile as OutputFile
from replicate_typed.typed_models.annotations import SecretInput as SecretInput
from replicate_typed.typed_models.annotations import WireName as WireName
from replicate_typed.typed_models.calls import ModelCall as ModelCall
from replicate_typed.typed_models.calls import ModelReference as ModelReference
