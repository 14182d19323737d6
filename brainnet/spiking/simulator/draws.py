"""What equations draw, the same in every backend: the counting generator in C++, and numbers made with it.

Brian2's targets draw different numbers for one seed. Here a random number is a function of the pattern's noise key, the
number of the draw and the input (`brainnet.counter`).
"""

from __future__ import annotations

import numpy as np

from brainnet.counter import DRAW, INDEX, KEY, MIX_1, MIX_2, counter_uniform

MOST = 1000  # events in one draw


def _uniform_cpp(name: str) -> str:
    """The generator in C++. Each function that draws brings one of its own: Brian2 may declare them in any order."""
    return f"""
static inline double {name}(double key, int64_t draw, int32_t input) {{
  uint64_t z = ((uint64_t)key) * {KEY}ULL + ((uint64_t)draw) * {DRAW}ULL + ((uint64_t)(input + 1)) * {INDEX}ULL;
  z = (z ^ (z >> 30)) * {MIX_1}ULL;
  z = (z ^ (z >> 27)) * {MIX_2}ULL;
  z ^= z >> 31;
  return ((z >> 11) + 0.5) * (1.0 / 9007199254740992.0);
}}"""


CPP = _uniform_cpp("counter_uniform")
# A stream parts the draws of one source of noise from those of another: the upper half of the draw's number.
NORMAL_CPP = f"""{_uniform_cpp("uniform_of_normal")}
static inline double counter_normal(double key, int64_t stream, int64_t draw, int32_t input) {{
  const double u = uniform_of_normal(key, (stream << 32) + 2 * draw, input);
  const double w = uniform_of_normal(key, (stream << 32) + 2 * draw + 1, input);
  return sqrt(-2.0 * log(u)) * cos({2 * np.pi!r} * w);
}}"""
POISSON_CPP = f"""{_uniform_cpp("uniform_of_poisson")}
static inline double counter_poisson(double key, int64_t stream, int64_t draw, int32_t input, double mean) {{
  const double u = uniform_of_poisson(key, (stream << 32) + draw, input);
  double p = exp(-mean), below = p;
  int32_t k = 0;
  while (u > below && k < {MOST}) {{
    p *= mean / ++k;
    below += p;
  }}
  return k;
}}"""


def counter_normal(key: np.ndarray, stream: np.ndarray, draw: np.ndarray, index: np.ndarray) -> np.ndarray:
    """Numbers of the standard normal distribution: Box & Muller 1958, Annals of Mathematical Statistics 29:610."""
    first = (np.asarray(stream, np.int64) << 32) + 2 * np.asarray(draw, np.int64)
    u, w = (counter_uniform(key, first + k, index) for k in (0, 1))
    return np.sqrt(-2 * np.log(u)) * np.cos(2 * np.pi * w)


def counter_poisson(
    key: np.ndarray, stream: np.ndarray, draw: np.ndarray, index: np.ndarray, mean: np.ndarray
) -> np.ndarray:
    """Numbers of events, Poisson-distributed with a mean of up to 500, by inversion."""
    u = counter_uniform(key, (np.asarray(stream, np.int64) << 32) + np.asarray(draw, np.int64), index)
    first = float(np.ravel(mean)[0])  # the same for all neurons
    below = np.cumsum(np.cumprod(np.append(np.exp(-first), first / np.arange(1, MOST + 1))))
    return np.searchsorted(below[:-1], u).astype(float)
