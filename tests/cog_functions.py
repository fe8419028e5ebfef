"""Functions as people write them for Cog; they are models of the mock as they stand."""

from typing import Any, Iterator, List, Optional  # noqa: UP035 -- as Cog's documentation does

from cog import (  # pyright: ignore[reportMissingTypeStubs] -- typed, but without py.typed
    BaseModel,
    ConcatenateIterator,
    Input,
    Path,
)


class Detected(BaseModel):
    label: str
    score: float
    mask: Optional[Path]  # noqa: UP045


def draw(
    prompt: str = Input(description="What to draw"),
    negative_prompt: str = Input(description="What not to draw", default=""),
    image: Optional[Path] = Input(description="What to begin with", default=None),  # noqa: UP045, B008
    width: int = Input(description="Width of the picture", default=1024, ge=64, le=2048),
    scheduler: str = Input(default="K_EULER", choices=["DDIM", "K_EULER"], description="How"),
    guidance_scale: float = Input(description="How close to the prompt", ge=1, le=50, default=7.5),
    seed: Optional[int] = Input(description="Leave blank to randomize", default=None),  # noqa: UP045
    steps: int = Input(default=4, choices=[1, 2, 4]),
    name: str = Input(default="a", min_length=1, max_length=9, regex="^[a-z]+$"),
    watermark: bool = True,
) -> List[Path]:  # noqa: UP006
    return [Path(f"{prompt}-{seed}-{steps}.png")] if watermark else []


# To checkers, a generator is none of Cog's iterators.
def write(prompt: str, most: int = Input(default=9, ge=1)) -> ConcatenateIterator[str]:  # type: ignore[misc]
    yield from prompt.split()[:most]  # pyright: ignore[reportReturnType] -- as said above


def count(words: List[str], start: float = 0.5) -> Iterator[float]:  # noqa: UP006
    for word in words:
        yield start + len(word)


def detect(image: Path) -> Detected:
    fields: Any = {"label": image.name, "score": 1.0, "mask": None}  # which checkers do not see
    return Detected(**fields)


def tell(text: str) -> Any:
    return {"text": text}


def measure(text: str) -> int:
    return len(text)
