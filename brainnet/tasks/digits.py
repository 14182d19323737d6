"""Real handwritten digits that come with scikit-learn."""

from __future__ import annotations

from brainnet.tasks.arrays import from_arrays
from brainnet.tasks.task import Kind, Task


def build(seed: int) -> Task:
    """scikit-learn's 1,797 images of 8 x 8 pixels, divided by 16: 1,257 to train, 180 to validate, 360 to test.

    Source: Alpaydin and Kaynak (1998), Optical Recognition of Handwritten Digits, UCI Machine Learning Repository.
    """
    from sklearn.datasets import load_digits

    patterns, labels = load_digits(return_X_y=True)
    return from_arrays("digits", patterns / 16, labels, shape=(8, 8), seed=seed, test=360, validation=180)


KIND = Kind("digits", "1,797 handwritten digits of 8 x 8 pixels, shipped with scikit-learn", build)
