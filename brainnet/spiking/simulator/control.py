"""The controller: one neuron that decides, at every onset, which pattern comes now, so that a chunk needs no Python."""

from __future__ import annotations

CONTROL = """idx : integer
attempt : integer
total : 1
showing : 1
gain : 1
key : 1
begun : integer
patterns : integer (shared, constant)
min_spikes : 1 (shared, constant)
gain_step : 1 (shared, constant)
max_attempts : integer (shared, constant)"""

# Runs first thing at every onset: decides whether the last pattern is accepted, and which one comes now.
CONTROL_CODE = """accepted = int(total >= min_spikes or attempt + 1 >= max_attempts) * begun
idx = idx + accepted
attempt = (attempt + 1) * (1 - accepted) * begun
gain = 1 + gain_step * attempt
total = 0
begun = 1
key = noise_keys((idx + 0.5) * period)
showing = 1 - finished(idx, patterns)"""

LINKED = {"attempt": "integer", "showing": "1", "gain": "1", "key": "1", "idx": "integer"}
