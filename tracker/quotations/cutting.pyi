import numpy as np
from numpy.typing import NDArray

EDGE: int
LONGEST: int

def cut(
    article: str, regions: NDArray[np.int64], closed: NDArray[np.int64]
) -> tuple[list[str], NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]: ...
