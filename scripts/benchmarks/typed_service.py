# ruff: noqa: ARG001, B008 -- the parameters are what a model publishes
"""25 models, whose schemas are like those of real ones, for `replicate-typed types add` while it is measured."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from replicate_typed import ConcatenateIterator, Input, MockTransport

mock = MockTransport()

Scheduler = Literal["DDIM", "DPMSolverMultistep", "HeunDiscrete", "KarrasDPM", "K_EULER_ANCESTRAL", "K_EULER", "PNDM"]
Ratio = Literal["1:1", "16:9", "21:9", "3:2", "2:3", "4:5", "5:4", "3:4", "4:3", "9:16", "9:21"]
Format = Literal["webp", "jpg", "png"]


def picture(
    prompt: str = Input("An astronaut riding a rainbow unicorn", description="Input prompt"),
    negative_prompt: str = Input("", description="What must not be in the picture"),
    image: Path = Input(None, description="Input image for img2img or inpaint mode"),
    mask: Path = Input(None, description="Black areas of it will be preserved, white areas will be inpainted."),
    width: int = Input(1024, description="Width of output image"),
    height: int = Input(1024, description="Height of output image"),
    num_outputs: int = Input(1, ge=1, le=4, description="Number of images to output."),
    scheduler: Scheduler = Input("K_EULER", description="scheduler"),
    num_inference_steps: int = Input(50, ge=1, le=500, description="Number of denoising steps"),
    guidance_scale: float = Input(7.5, ge=1, le=50, description="Scale for classifier-free guidance"),
    prompt_strength: float = Input(0.8, ge=0, le=1, description="1.0 is the full destruction of the image"),
    seed: int = Input(None, description="Random seed. Leave blank to randomize the seed"),
    refine: Literal["no_refiner", "expert_ensemble_refiner", "base_image_refiner"] = Input("no_refiner"),
    high_noise_frac: float = Input(0.8, ge=0, le=1, description="For expert_ensemble_refiner, the noise to use"),
    refine_steps: int = Input(None, description="For base_image_refiner, the number of steps to refine"),
    apply_watermark: bool = Input(True, description="Lets others know that an image was generated."),
    lora_scale: float = Input(0.6, ge=0, le=1, description="LoRA additive scale. Only for trained models."),
    disable_safety_checker: bool = Input(False, description="Only through the API."),
) -> list[Path]:
    return []


def quick(
    prompt: str = Input(description="Prompt for generated image"),
    aspect_ratio: Ratio = Input("1:1", description="Aspect ratio for the generated image"),
    num_outputs: int = Input(1, ge=1, le=4, description="Number of outputs to generate"),
    num_inference_steps: int = Input(4, ge=1, le=4, description="4 is recommended, and fewer are faster"),
    seed: int = Input(None, description="Random seed. Set for reproducible generation"),
    output_format: Format = Input("webp", description="Format of the output images"),
    output_quality: int = Input(80, ge=0, le=100, description="Not relevant for .png outputs"),
    go_fast: bool = Input(True, description="Run faster predictions with a model optimized for speed"),
    megapixels: Literal["1", "0.25"] = Input("1", description="Approximate number of megapixels"),
) -> list[Path]:
    return []


def words(
    prompt: str = Input(description="Prompt to send to the model."),
    system_prompt: str = Input("You are a helpful assistant.", description="Helps to guide the system's behaviour."),
    max_new_tokens: int = Input(512, ge=1, description="A word is generally 2-3 tokens."),
    temperature: float = Input(0.7, ge=0, le=5, description="Greater than 1 is random, and 0 is deterministic"),
    top_p: float = Input(0.9, ge=0, le=1, description="Samples from the most likely tokens"),
    top_k: int = Input(0, ge=0, description="Samples from the k most likely tokens"),
    stop_sequences: str = Input(None, description="A comma-separated list of sequences to stop generation at"),
    presence_penalty: float = Input(0.0, description="Presence penalty"),
    seed: int = Input(None, description="Random seed. Leave blank to randomize the seed."),
) -> ConcatenateIterator[str]:
    yield ""


def voice(
    song_input: Path = Input(description="Upload your audio file here."),
    rvc_model: Literal["Squidward", "MrKrabs", "Plankton", "Vader", "CUSTOM"] = Input("Squidward"),
    pitch_change: Literal["no-change", "male-to-female", "female-to-male"] = Input("no-change"),
    index_rate: float = Input(0.5, ge=0, le=1, description="How much of the AI's accent to leave in the vocals."),
    filter_radius: int = Input(3, ge=0, le=7, description="If >=3: apply median filtering."),
    pitch_detection_algorithm: Literal["rmvpe", "mangio-crepe"] = Input("rmvpe"),
    main_vocals_volume_change: float = Input(0, description="Use -3 to decrease the volume by 3 decibels"),
    reverb_size: float = Input(0.15, ge=0, le=1, description="The larger the room, the longer the reverb time."),
    output_format: Literal["mp3", "wav"] = Input("mp3", description="wav for best quality and large file size."),
) -> Path:
    return Path("song.mp3")


def caption(
    image: Path = Input(description="Input image"),
    task: Literal["image_captioning", "visual_question_answering"] = Input("image_captioning"),
    question: str = Input(None, description="Type a question for the input image"),
    regions: list[str] = Input([], description="Parts of the image to look at"),
) -> dict[str, Any]:
    return {}


KINDS: tuple[Callable[..., object], ...] = (picture, quick, words, voice, caption)

for number in range(5):
    for kind in KINDS:
        mock.model(f"acme/{kind.__name__}-{number}", description="Made on one GPU.")(kind)
