"""The types of numpy arrays that fits take and make."""

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.intp]
Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
