import numpy as np
from numpy.typing import NDArray

LONGEST: int
TEMPLATES: int
REGION_CODES: int
CUE_CODES: int

def described(words: list[str], known: dict[str, int]) -> NDArray[np.int64]: ...
def table(keys: NDArray[np.int64]) -> NDArray[np.int64]: ...
def keys(
    described: NDArray[np.int64],
    region: NDArray[np.int64],
    codes: NDArray[np.int64],
    cues: NDArray[np.int64],
    finite: NDArray[np.uint8],
    pauses: NDArray[np.uint8],
    units: NDArray[np.int64],
    leads: NDArray[np.uint8],
) -> NDArray[np.int64]: ...
def label(
    described: NDArray[np.int64],
    region: NDArray[np.int64],
    codes: NDArray[np.int64],
    cues: NDArray[np.int64],
    finite: NDArray[np.uint8],
    pauses: NDArray[np.uint8],
    units: NDArray[np.int64],
    leads: NDArray[np.uint8],
    chosen: NDArray[np.int64],
    slots: NDArray[np.int64],
    weights: NDArray[np.int16],
    scale: float,
    transitions: NDArray[np.float32],
    ways: NDArray[np.int64],
    ways_from: NDArray[np.int64],
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]: ...
