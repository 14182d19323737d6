"""Noise of our own: a counter-based generator, the same in every backend.

    u = mix(key, draw, input) / 2^53

Brian2's targets draw different numbers for one seed. Here a random number is a function of the pattern's noise key, the
number of the draw and the input, so it does not depend on order, chunk or backend. The mixing is the finaliser of
SplitMix64 (Steele, Lea & Flood 2014, OOPSLA) over a Weyl-like combination of the three.
"""

from __future__ import annotations

import hashlib

import numpy as np

KEY_BITS = 53  # a key travels as a double, which holds 53 bits exactly
MOST = 1000  # events in one draw
_KEY, _DRAW, _INPUT = 0x9E3779B97F4A7C15, 0xD1B54A32D192ED03, 0x8CB92BA72F3D8DD7
_MIX_1, _MIX_2 = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


def _uniform_cpp(name: str) -> str:
    """The generator in C++. Each function that draws brings one of its own: Brian2 may declare them in any order."""
    return f"""
static inline double {name}(double key, int64_t draw, int32_t input) {{
  uint64_t z = ((uint64_t)key) * {_KEY}ULL + ((uint64_t)draw) * {_DRAW}ULL + ((uint64_t)(input + 1)) * {_INPUT}ULL;
  z = (z ^ (z >> 30)) * {_MIX_1}ULL;
  z = (z ^ (z >> 27)) * {_MIX_2}ULL;
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


def _mixed(z: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore"):
        z = (z ^ (z >> np.uint64(30))) * np.uint64(_MIX_1)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(_MIX_2)
    return z ^ (z >> np.uint64(31))


def counter_uniform(key: np.ndarray, draw: np.ndarray, index: np.ndarray) -> np.ndarray:
    """Uniform numbers in (0, 1), a function of the key (below 2^53), the draw and the input's index."""
    key, draw, index = (np.asarray(a).astype(np.int64).astype(np.uint64) for a in (key, draw, index))
    with np.errstate(over="ignore"):
        z = key * np.uint64(_KEY) + draw * np.uint64(_DRAW) + (index + np.uint64(1)) * np.uint64(_INPUT)
    return ((_mixed(z) >> np.uint64(11)).astype(float) + 0.5) * (1.0 / 2**53)


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


def keys_by_position(seed: int, first: int, count: int) -> np.ndarray:
    """Noise keys of presentations first .. first + count - 1, (presentation,), as whole doubles."""
    with np.errstate(over="ignore"):
        z = np.uint64(seed) * np.uint64(_DRAW) + (np.arange(count, dtype=np.uint64) + np.uint64(first + 1)) * np.uint64(
            _KEY
        )
    return (_mixed(z) >> np.uint64(64 - KEY_BITS)).astype(float)


def keys_by_content(seed: int, patterns: np.ndarray) -> np.ndarray:
    """Noise keys, (pattern,), that depend on what a pattern holds and not on its place in the batch."""
    salt = int(seed).to_bytes(8, "little")
    rows = np.ascontiguousarray(patterns, dtype=np.float64)
    digests = (hashlib.blake2b(row.tobytes(), digest_size=8, key=salt).digest() for row in rows)
    return np.array([float(int.from_bytes(digest, "little") >> (64 - KEY_BITS)) for digest in digests])
