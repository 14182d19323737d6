"""The figures of `diehl_cook.py`: accuracy by step and method of integration, and what goes on during learning."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from brainnet.comparison.kept import Kept
from brainnet.report import style

THETA_PLUS_MV, TAU_THETA_MS, PERIOD_MS = 0.05, 1e7, 500.0
LABELS = {"exponential_euler": "exponential Euler", "rk2": "Runge-Kutta, 2nd order", "euler": "forward Euler"}


def draw(runs: list[Kept], out: Path) -> None:
    """Write the figures whose runs are there."""
    rows = [{**run.settings, "seed": run.seed, "accuracy": None, **run.scalars, "history": run.history} for run in runs]
    study = [row for row in rows if (row["neurons"], row["passes"]) == (100, 1)]
    with style.applied():
        if len({(row["method"], row["dt_ms"]) for row in study}) > 1:
            _integration(study, out / "integration")
        grown = [r for r in rows if r["seed"] == 0 and r["dt_ms"] == 0.5 and r["method"] == "exponential_euler"]
        if grown := [row for row in grown if row["passes"] == 1 and row.get("history")]:
            _learning(sorted(grown, key=lambda row: row["neurons"]), out / "learning")


def _integration(rows: list[dict], stem: Path) -> None:
    """Test accuracy against dt: a line through the means of each method, a dot for each seed."""
    drawn = style.figure(3.6)
    axes = drawn.subplots()
    for (method, label), colour, marker in zip(LABELS.items(), style.COLOURS, style.MARKERS, strict=False):
        ours = [row for row in rows if row["method"] == method]
        steps = sorted({row["dt_ms"] for row in ours})
        values = [[100 * (row["accuracy"] or 0.0) for row in ours if row["dt_ms"] == dt] for dt in steps]
        axes.plot(steps, [float(np.mean(v)) for v in values], color=colour, label=label)
        for dt, each in zip(steps, values, strict=True):
            axes.plot([dt] * len(each), each, marker, color=colour, markersize=4, linestyle="none")
    axes.set(xlabel="step dt (ms)", ylabel="test accuracy (%)", xscale="log")
    axes.set_xticks(sorted({row["dt_ms"] for row in rows}), [f"{dt:g}" for dt in sorted({r["dt_ms"] for r in rows})])
    axes.minorticks_off()
    axes.set_title("100 neurons, 60,000 patterns; a dot is a seed; 0 % means that the conductances diverged")
    axes.legend()
    style.save(drawn, stem)


def _learning(rows: list[dict], stem: Path) -> None:
    """Spikes, thresholds and weights against patterns seen; dotted: the threshold at which the rate would keep it.

    theta(n + 1) = theta(n) (1 - T / tau_theta) + theta_plus s(n),   steady state theta_plus s tau_theta / T
    """
    drawn = style.figure(6.0)
    spikes, theta, weights = drawn.subplots(3, sharex=True)
    for row, colour in zip(rows, style.COLOURS, strict=False):
        history = {name: np.array(values) for name, values in row["history"].items()}
        seen, per_neuron = history["patterns"], history["spikes"] / history["presentations"] / row["neurons"]
        spikes.plot(seen, per_neuron, color=colour, label=f"{row['neurons']} neurons")
        mean, sd = history["hidden.theta mean"], history["hidden.theta sd"]
        theta.plot(seen, mean, color=colour)
        theta.fill_between(seen, mean - sd, mean + sd, color=colour, alpha=0.2, linewidth=0)
        theta.plot(seen, THETA_PLUS_MV * per_neuron * TAU_THETA_MS / PERIOD_MS, ":", color=colour)
        weights.plot(seen, history["incoming.w sd"] / history["incoming.w mean"], color=colour)
    spikes.set(ylabel="spikes per neuron\nand presentation", yscale="log")
    drawn.legend(loc="outside upper center", ncols=len(rows))
    theta.set(ylabel="threshold (mV)", ylim=(0, 90))
    theta.set_title("line and band: mean and standard deviation; dotted: steady state of the rate at that time")
    weights.set(ylabel="weights, sd / mean", xlabel="patterns seen")
    weights.xaxis.set_major_formatter("{x:,.0f}")
    style.save(drawn, stem)
