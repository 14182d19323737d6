"""The laws of graphs and of Dale's law accept brainnet's functions, and reject each that is wrong.

Functions of one formula have slips in their source; what draws a graph is wrong as a whole, on purpose.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from mutants import Mutant
from sources import faithful, of_source
from trials import Trial, every
from wrong_graphs import DALE, KERNEL, MUTANTS, RING, SHRINK, lattice, rewired_with, sheet, where

from brainnet.structure import (
    all_but_one,
    dale_signs,
    dense,
    distance_dependent,
    keep_signs,
    laws,
    one_to_one,
    sparse,
)
from brainnet.structure import (
    sheet as in_space,
)

SIGNS = (laws.signs_are_counted, DALE)


def key(law: Any) -> str:
    """Of the row of the table that asks for it."""
    return "S2" if law in SIGNS else "S1"


def wrong_on_purpose(law: Any) -> Trial:
    """A law tried with the functions that are wrong on purpose, after its own."""
    mutants = [Mutant("wrong graph", name, partial(lambda made: made, made)) for name, (of, made) in MUTANTS.items()
               if of is law]  # fmt: skip
    right = RIGHT.get(law.__name__)
    return Trial(key(law), (lambda made: law() if made is None else law(made)), lambda: right, mutants)


RIGHT = {
    RING.__name__: lattice(1, 0),
    SHRINK.__name__: rewired_with(lambda p: p),
    KERNEL.__name__: sheet(lambda *settings: settings),
    DALE.__name__: where(lambda w, s: w * s > 0),
}  # made as the mutants are, but without a fault; of other laws brainnet's own function
PATTERNS = laws.fixed_patterns_are_what_they_say


def unconnected_pairs_have_no_weight(keep: Any) -> None:
    """Of weights of all pairs, those of pairs that the graph does not connect become zero, and lawful others stay."""
    rng = np.random.default_rng(1)
    weights, signs, graph = rng.normal(size=(5, 6)), dale_signs(5, 0.6), sparse(5, 6, 0.5, rng)
    lawful = graph.mask() & (weights * signs[:, None] >= 0)
    np.testing.assert_array_equal(keep(weights, signs, graph), np.where(lawful, weights, 0))


TRIALS = [
    *map(wrong_on_purpose, dict.fromkeys(law for law, _ in MUTANTS.values())),
    Trial("S1", every(lambda made: PATTERNS(every=made)), lambda: faithful(dense), of_source(dense)),
    Trial("S1", every(lambda made: PATTERNS(same=made)), lambda: faithful(one_to_one), of_source(one_to_one)),
    Trial("S1", every(lambda made: PATTERNS(other=made)), lambda: faithful(all_but_one), of_source(all_but_one)),
    Trial("S1", every(KERNEL), lambda: faithful(distance_dependent, in_space.distances),
          of_source(distance_dependent, in_space.distances),
          {"distances, operands exchanged: ...": "a distance has no sign"}),
    Trial("S2", every(laws.signs_are_counted), lambda: faithful(dale_signs), of_source(dale_signs)),
    Trial("S2", every(DALE, unconnected_pairs_have_no_weight), lambda: faithful(keep_signs), of_source(keep_signs)),
]  # fmt: skip
