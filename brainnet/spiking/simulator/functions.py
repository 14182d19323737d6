"""Functions that equations call, each for NumPy and for C++."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from brainnet import counter
from brainnet.spiking.simulator import draws

FINISHED_CPP = """
static inline double finished(int32_t idx, int32_t patterns) {
  if (idx >= patterns) Network::_globally_stopped = true;
  return idx >= patterns;
}"""


# By its bits: the compiler takes it that there are no infinities and no NaN.
NOT_FINITE_CPP = """
static inline double not_finite(double x) {
  uint64_t bits;
  __builtin_memcpy(&bits, &x, sizeof(bits));
  return ((bits >> 52) & 0x7ff) == 0x7ff;
}"""


def functions(b2: Any, at_end: Callable[[], None]) -> dict[str, Any]:
    """By name; `b2` is Brian2. On NumPy, `at_end` is called when the last presentation is over."""

    @b2.implementation("cpp", draws.CPP)
    @b2.check_units(key=1, draw=1, input=1, result=1)
    def counter_uniform(key, draw, input):  # noqa: A002 - Brian2 takes the names
        return counter.counter_uniform(key, draw, input)

    @b2.implementation("cpp", draws.NORMAL_CPP)
    @b2.check_units(key=1, stream=1, draw=1, input=1, result=1)
    def counter_normal(key, stream, draw, input):  # noqa: A002
        return draws.counter_normal(key, stream, draw, input)

    @b2.implementation("cpp", draws.POISSON_CPP)
    @b2.check_units(key=1, stream=1, draw=1, input=1, mean=1, result=1)
    def counter_poisson(key, stream, draw, input, mean):  # noqa: A002
        return draws.counter_poisson(key, stream, draw, input, mean)

    @b2.implementation("cpp", NOT_FINITE_CPP)
    @b2.check_units(result=1)
    def not_finite(x):
        return (~np.isfinite(np.asarray(x))).astype(float)

    @b2.implementation("cpp", FINISHED_CPP)
    @b2.check_units(idx=1, patterns=1, result=1)
    def finished(idx, patterns):
        done = np.asarray(idx) >= patterns
        if done.all():
            at_end()
            b2.stop()
        return done.astype(float)

    return {f.pyfunc.__name__: f for f in (counter_uniform, counter_normal, counter_poisson, not_finite, finished)}
