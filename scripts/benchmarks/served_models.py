"""What `replicate-typed serve` serves while it is measured."""

from replicate_typed import MockTransport

mock = MockTransport()


@mock.model("acme/echo", starting=0, processing=0)
def echo(prompt: str) -> str:
    return prompt
