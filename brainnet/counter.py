"""Random numbers by counting: each is a function of a key, the number of the draw and an index, and of nothing else.

    u = mix(key, draw, index) / 2^53

So it does not depend on order, chunk, backend or twin. The mixing is the finaliser of SplitMix64 (Steele, Lea & Flood
2014, OOPSLA) over a Weyl-like combination of the three.
"""

from __future__ import annotations

import hashlib

import numpy as np

KEY_BITS = 53  # a key travels as a double, which holds 53 bits exactly
KEY, DRAW, INDEX = 0x9E3779B97F4A7C15, 0xD1B54A32D192ED03, 0x8CB92BA72F3D8DD7
MIX_1, MIX_2 = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


def counter_uniform(key: np.ndarray, draw: np.ndarray, index: np.ndarray) -> np.ndarray:
    """Uniform numbers in (0, 1), a function of the key (below 2^53), the draw and the index."""
    key, draw, index = (np.asarray(a).astype(np.int64).astype(np.uint64) for a in (key, draw, index))
    with np.errstate(over="ignore"):
        z = key * np.uint64(KEY) + draw * np.uint64(DRAW) + (index + np.uint64(1)) * np.uint64(INDEX)
    return ((_mixed(z) >> np.uint64(11)).astype(float) + 0.5) * (1.0 / 2**53)


def keys_by_position(seed: int, first: int, count: int) -> np.ndarray:
    """Noise keys of presentations first .. first + count - 1, (presentation,), as whole doubles."""
    with np.errstate(over="ignore"):
        z = np.uint64(seed) * np.uint64(DRAW) + (np.arange(count, dtype=np.uint64) + np.uint64(first + 1)) * np.uint64(
            KEY
        )
    return (_mixed(z) >> np.uint64(64 - KEY_BITS)).astype(float)


def keys_by_content(seed: int, patterns: np.ndarray) -> np.ndarray:
    """Noise keys, (pattern,), that depend on what a pattern holds and not on its place in the batch."""
    salt = int(seed).to_bytes(8, "little")
    rows = np.ascontiguousarray(patterns, dtype=np.float64)
    digests = (hashlib.blake2b(row.tobytes(), digest_size=8, key=salt).digest() for row in rows)
    return np.array([float(int.from_bytes(digest, "little") >> (64 - KEY_BITS)) for digest in digests])


def _mixed(z: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore"):
        z = (z ^ (z >> np.uint64(30))) * np.uint64(MIX_1)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(MIX_2)
    return z ^ (z >> np.uint64(31))
