"""Names for the two kinds of arrays: reals and whole-number positions."""

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Indices = NDArray[np.int64]
Flags = NDArray[np.bool_]
