"""Dale's law: all outgoing weights of a neuron have one sign, and learning does not change it.

    w_ij sign_i >= 0   for every target j,   sign_i = +1 (excitatory) or -1 (inhibitory)

Weights are (source, target), or with a graph (synapse,), in the graph's order.

Source: J. C. Eccles, P. Fatt and K. Koketsu, Cholinergic and inhibitory synapses in a pathway from motor-axon
collaterals to motoneurones, Journal of Physiology 126, 524-562, 1954. The law of signs is its common simplification.
"""

from __future__ import annotations

import numpy as np

from brainnet import checks
from brainnet.errors import BrainnetError
from brainnet.structure import settings
from brainnet.structure.graph import Graph


def dale_signs(count: int, excitatory_fraction: float = 0.8, rng: np.random.Generator | None = None) -> np.ndarray:
    """One sign for each neuron, +1 (excitatory) or -1 (inhibitory), the excitatory ones in an exact number.

    Args:
        count: number of neurons.
        excitatory_fraction: 0 to 1, rounded to whole neurons; about 0.8 in cortex.
        rng: source of the order; without one, excitatory neurons come first.

    Returns:
        int8, (neuron,).

    Raises:
        BrainnetError: a count below 1 or a fraction outside [0, 1].
    """
    count = settings.count("count", count)
    excitatory = round(checks.fraction("excitatory_fraction", excitatory_fraction) * count)
    signs = np.where(np.arange(count) < excitatory, 1, -1).astype(np.int8)
    return signs if rng is None else rng.permutation(signs)


def apply_signs(magnitudes: np.ndarray, signs: np.ndarray, graph: Graph | None = None) -> np.ndarray:
    """Weights of these magnitudes that obey the law: w_ij = sign_i |w_ij|.

    Args:
        magnitudes: not negative, (source, target), or (synapse,) with a graph.
        signs: of each source, (source,).
        graph: who is connected, if the magnitudes are those of its synapses.

    Raises:
        BrainnetError: a negative magnitude, or signs that do not fit.
    """
    sign = _of_weights(signs, magnitudes, graph)
    if wrong := _first(~(magnitudes >= 0), graph):
        raise BrainnetError(
            f"magnitudes must not be negative (got {magnitudes[wrong[0]]} from source {wrong[1]} to target {wrong[2]}):"
            " take their absolute values"
        )
    return magnitudes * sign


def check_signs(weights: np.ndarray, signs: np.ndarray, graph: Graph | None = None) -> None:
    """Refuse weights that break the law, naming the first source that does.

    Args:
        weights: (source, target), or (synapse,) with a graph.
        signs: of each source, (source,).
        graph: who is connected, if the weights are those of its synapses.

    Raises:
        BrainnetError: a weight of the wrong sign or NaN, or signs that do not fit.
    """
    sign = _of_weights(signs, weights, graph)
    if wrong := _first(~(weights * sign >= 0), graph):
        place, source, target = wrong
        rule = "excitatory (+1), so none of its weights may be negative"
        if signs[source] < 0:
            rule = "inhibitory (-1), so none of its weights may be positive"
        raise BrainnetError(
            f"weights break Dale's law: source {source} is {rule} (got {weights[place]} to target {target}): "
            "use keep_signs after each update"
        )


def keep_signs(weights: np.ndarray, signs: np.ndarray, graph: Graph | None = None) -> np.ndarray:
    """The law kept through learning: weights that an update took across zero become zero, all others stay.

        w_ij := sign_i max(sign_i w_ij, 0)

    Args:
        weights: after an update, (source, target), or (synapse,) with a graph. NaN stays NaN.
        signs: of each source, (source,).
        graph: who is connected; with weights (source, target), those of unconnected pairs become zero too.

    Returns:
        New weights of the same type.

    Raises:
        BrainnetError: signs that do not fit the weights.
    """
    sign = _of_weights(signs, weights, graph)
    kept = np.where(weights * sign < 0, 0, weights)
    return np.where(graph.mask(), kept, 0) if graph is not None and weights.ndim == 2 else kept


def _of_weights(signs: np.ndarray, weights: np.ndarray, graph: Graph | None) -> np.ndarray:
    """Signs in a shape that multiplies the weights, if both fit each other and the graph."""
    shapes = [weights.shape] if weights.ndim == 2 else []
    if graph is not None:
        shapes = [(graph.n_synapses,), (graph.n_sources, graph.n_targets)]
    if weights.shape not in shapes:
        expected = " or ".join(map(str, shapes)) or "(source, target), or (synapse,) with a graph"
        raise BrainnetError(f"weights must be of shape {expected} (got {weights.shape})")
    sources = weights.shape[0] if graph is None else graph.n_sources
    if np.shape(signs) != (sources,):
        raise BrainnetError(f"signs must be one for each of the {sources} sources (got shape {np.shape(signs)})")
    if (wrong := np.flatnonzero(np.abs(signs) != 1)).size:
        raise BrainnetError(f"signs must be +1 or -1 (got {signs[wrong[0]]} for source {wrong[0]})")
    sign = np.asarray(signs, dtype=np.int8)  # of a wider type it would widen float32 weights
    return sign[:, None] if graph is None or weights.ndim == 2 else np.repeat(sign, graph.out_degrees())


def _first(wrong: np.ndarray, graph: Graph | None) -> tuple[tuple[int, ...], int, int] | None:
    """Place, source and target of the first weight that is wrong, if one is."""
    if not wrong.any():
        return None
    place = tuple(int(i) for i in np.unravel_index(wrong.argmax(), wrong.shape))
    if len(place) == 2:
        return place, *place
    assert graph is not None
    source = int(np.searchsorted(graph.offsets, place[0], side="right")) - 1
    return place, source, int(graph.targets[place[0]])
