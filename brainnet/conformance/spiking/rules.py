"""Spiking learning rules against their formulas: on random spike trains and in windows over the lag."""

from __future__ import annotations

from functools import partial

from matplotlib.figure import Figure

from brainnet.conformance import agreement
from brainnet.conformance.law import Finding, Law
from brainnet.conformance.spiking import subjects, windows
from brainnet.conformance.spiking.spike_by_spike import CLOSE
from brainnet.conformance.spiking.windows import Scene


def find(full: bool, name: str, scenes: tuple[Scene, ...]) -> Finding:
    """How near the rule of that name comes to its formula, on random trains and in one scene or two."""
    pairs = subjects.compared([name], full)
    seen = [windows.changes(subjects.SUBJECTS[name], scene) for scene in scenes]
    apart = max(map(subjects.off, seen))

    def draw(figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        for axes, scene, pair in zip((left, right), scenes, seen, strict=False):
            windows.draw(axes, scene, pair)
        if len(scenes) == 2:
            left.legend()
        else:
            agreement.draw(right, pairs["numpy"], "Weight")

    measured = f"{subjects.words(pairs)}; of the changes shown {apart:.0e}"
    return Finding(measured, subjects.agree(pairs) and apart <= CLOSE, draw)


def _law(key: str, name: str, rule: str, scenes: tuple[Scene, ...], what: str, source: str, target: str, caption: str):
    """A row; `rule` is the name among the subjects."""
    return Law(
        key=key,
        name=name,
        what=what,
        source=source,
        target=target,
        tolerance=f"{subjects.TOLERANCE} after every spike, in every backend",
        reason=subjects.REASON,
        find=partial(find, name=rule, scenes=scenes),
        caption=caption if len(scenes) == 2 else f"{caption} Right: weights after every spike of random trains.",
    )


SYMMETRIC = _law(
    key="R1",
    name="symmetric-stdp",
    rule="symmetric",
    scenes=(windows.window(reach_ms=192),),
    what="Symmetric STDP strengthens in either order",
    source="Mishra, Kim, Guzman & Jonas 2016, Nat. Commun. 7",
    target="every pair: w += rate w_max exp(-|dt| / tau)",
    caption="Left: one pair of spikes at each lag.",
)
DIEHL_COOK = _law(
    key="R2",
    name="diehl-cook",
    rule="diehl_cook",
    scenes=(windows.window(first_ms=35),),
    what="The rule of Diehl & Cook's program; a presynaptic spike depresses",
    source="Diehl & Cook 2015, Front. Comput. Neurosci. 9, the authors' program",
    target="pre: w -= rate_pre y1; post: w += rate_post x y2; traces are set to 1",
    caption="Left: one pair of spikes at each lag, and a postsynaptic one 35 ms before the presynaptic one.",
)
POSTSYNAPTIC = _law(
    key="R3",
    name="postsynaptic-stdp",
    rule="postsynaptic",
    scenes=(windows.window(),),
    what="STDP at postsynaptic spikes moves the weight towards the trace",
    source="Grossberg 1976, Biol. Cybern. 23; Diehl & Cook 2015, Front. Comput. Neurosci. 9",
    target="post: w += rate (w_max x - w); x is set to 1",
    caption="Left: one pair of spikes at each lag.",
)
INHIBITORY = _law(
    key="R4",
    name="inhibitory-stdp",
    rule="inhibitory",
    scenes=(windows.window(),),
    what="Inhibitory STDP: near spikes strengthen, presynaptic spikes alone weaken",
    source="Vogels, Sprekeler, Zenke, Clopath & Gerstner 2011, Science 334",
    target="pre: w += rate (y - 2 rho tau); post: w += rate x; traces add",
    caption="Left: one pair of spikes at each lag.",
)
REWARD = _law(
    key="R5",
    name="reward-stdp",
    rule="reward",
    scenes=(windows.window(), windows.pairing_times()),
    what="Reward-modulated STDP: dopamine turns eligibility into weight",
    source="Izhikevich 2007, Cereb. Cortex 17",
    target="dw/dt = rate c d; pairs of nearest spikes move c; c and d decay with tau_c and tau_d",
    caption="Left: one pair of spikes at each lag. Right: one pair at each time; dotted: dopamine is given.",
)
DELTA = _law(
    key="R6",
    name="spiking-delta",
    rule="delta",
    scenes=(windows.burst_sizes(),),
    what="The delta rule at presynaptic spikes",
    source="Illing, Gerstner & Brea 2019, Neural Netw. 118; Widrow & Hoff 1960",
    target="pre: w += rate (T - z); z the filtered rate of the postsynaptic neuron",
    caption="Left: at a target of 0.7, the more the postsynaptic neuron has just fired the lower the weight.",
)
