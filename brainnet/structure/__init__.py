"""Structure that both twins use: who is connected to whom, and with which sign.

>>> graph = fixed_in_degree(1000, 1000, 100, np.random.default_rng(1), self_connections=False)
>>> weights = apply_signs(np.full(graph.n_synapses, 0.1), dale_signs(1000), graph)

A graph is a function of its settings, the numbers of neurons and a NumPy generator, and of nothing else: the same seed
gives the same graph to both twins. `laws` holds what every graph of a kind must obey. A `Structure` is what a cell is
wired by: `Structure.draw(n_inputs, n_hidden, rng)` gives both twins the same `Wiring`.
"""

from brainnet.structure.dale import apply_signs, check_signs, dale_signs, keep_signs
from brainnet.structure.drawn import fixed_in_degree, sparse
from brainnet.structure.fields import LocalFields
from brainnet.structure.graph import Graph
from brainnet.structure.layers import Competing, Dale, Dense, Sparse
from brainnet.structure.patterns import all_but_one, dense, lateral_inhibition, local_fields, one_to_one
from brainnet.structure.ring import clustering, path_length, small_world
from brainnet.structure.sheet import Exponential, Gaussian, distance_dependent, distances, grid
from brainnet.structure.wiring import Structure, Wiring

__all__ = [
    "Competing",
    "Dale",
    "Dense",
    "Exponential",
    "Gaussian",
    "Graph",
    "LocalFields",
    "Sparse",
    "Structure",
    "Wiring",
    "all_but_one",
    "apply_signs",
    "check_signs",
    "clustering",
    "dale_signs",
    "dense",
    "distance_dependent",
    "distances",
    "fixed_in_degree",
    "grid",
    "keep_signs",
    "lateral_inhibition",
    "local_fields",
    "one_to_one",
    "path_length",
    "small_world",
    "sparse",
]
