"""Graphs and Dale's law: the laws of `structure.laws`."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from brainnet.conformance import agreement
from brainnet.conformance.law import Finding, Law
from brainnet.structure import apply_signs, clustering, dale_signs, keep_signs, laws, path_length, small_world

SIGNS = (laws.signs_are_counted, laws.learning_keeps_dales_law)
OTHERS = tuple(law for law in laws.LAWS if law not in SIGNS)


def find_graphs(full: bool) -> Finding:
    """All laws of graphs; small worlds of 1,000 neurons are drawn."""
    for law in OTHERS:
        law()
    shares = np.geomspace(0.001, 1, 16 if full else 8)
    graphs = [small_world(1000, 10, p, np.random.default_rng(1)) for p in shares]
    ring = small_world(1000, 10, 0.0, np.random.default_rng(1))
    clusters = np.array([clustering(graph) for graph in graphs]) / clustering(ring)
    paths = np.array([path_length(graph) for graph in graphs])
    random = (np.log(1000) - np.euler_gamma) / np.log(10) + 0.5

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        left.plot(shares, (1 - shares) ** 3, color=agreement.PUBLISHED, label="published")
        left.plot(shares, clusters, "o", color=agreement.MEASURED, label="measured")
        left.set(xscale="log", xlabel="Share of edges rewired", ylabel="Clustering / that of the ring")
        right.axhline(random, color=agreement.PUBLISHED, linestyle="--", label="published, all rewired")
        right.plot(shares, paths, "o", color=agreement.MEASURED, label="measured")
        right.set(xscale="log", xlabel="Share of edges rewired", ylabel="Mean path (edges)")
        left.legend()
        right.legend()

    off = np.abs(clusters - (1 - shares) ** 3).max()
    measured = f"{len(OTHERS)} of {len(OTHERS)} laws; clustering within {off:.3f}, last path {paths[-1]:.2f}"
    return Finding(measured, True, draw)


def find_dale(full: bool) -> Finding:
    """Weights of a random network before and after random updates that the law has to keep."""
    for law in SIGNS:
        law()
    rng, count = np.random.default_rng(0), 200 if full else 40
    signs = dale_signs(count)
    moved = apply_signs(rng.exponential(size=(count, count)), signs) + rng.normal(size=(count, count))
    kept, sign = keep_signs(moved, signs), np.broadcast_to(signs[:, None], moved.shape)
    wrong = int(np.count_nonzero(kept * sign < 0))

    def draw(figure: Figure) -> None:
        every = figure.subplots(1, 2)
        for axes, side, name in zip(every, (1, -1), ("excitatory", "inhibitory"), strict=True):
            here = moved[sign == side]
            course = np.linspace(here.min(), here.max(), 201)
            axes.plot(course, side * np.maximum(side * course, 0), color=agreement.PUBLISHED, label="law")
            axes.plot(here, kept[sign == side], ".", color=agreement.MEASURED, markersize=3, label="kept")
            axes.set(xlabel=f"Weight after an update, {name} source", ylabel="Weight that is kept")
            axes.legend()

    return Finding(f"{wrong} of {moved.size:,} weights of the wrong sign; 2 of 2 laws", wrong == 0, draw)


GRAPHS = Law(
    key="S1",
    name="structure",
    what="Graphs: degrees, small worlds, distances, seeds",
    source="Watts & Strogatz 1998, Nature 393; Barrat & Weigt 2000; Fronczak et al. 2004",
    target="exact and binomial degrees, C(p) = C(0) (1 - p)^3, L(1) = (ln n - 0.5772) / ln k + 1/2, ...",
    tolerance=f"{laws.SIGMAS} standard deviations; 0.03 of C(0) and of L(1); else exact",
    reason="one draw in two million is farther off by chance; formulas for C and L are of infinitely large worlds",
    find=find_graphs,
    caption="Small worlds of 1,000 neurons with 10 neighbours each.",
)
DALES_LAW = Law(
    key="S2",
    name="dale",
    what="Dale's law is kept through learning",
    source="Eccles, Fatt & Koketsu 1954, J. Physiol. 126",
    target="w := sign max(sign w, 0): no sign changes, lawful weights stay as they are",
    tolerance="none: every weight is exact",
    reason="the law is an inequality, and keeping it takes no arithmetic that rounds",
    find=find_dale,
    caption="A dot for each weight; the line is the law.",
)
