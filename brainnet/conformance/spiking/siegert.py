"""Rates of integrate-and-fire neurons under noise against Siegert's formula (part of V1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from brainnet.conformance import agreement
from brainnet.conformance.agreement import require
from brainnet.conformance.law import Finding, Law
from brainnet.counter import keys_by_position
from brainnet.spiking.network import Network, Population, Presentation
from brainnet.spiking.neurons import LIF, Dynamics, GaussianNoise, Noise, PoissonBackground, siegert_hz
from brainnet.spiking.simulator import simulate

TAU, T_REF, RESET = 20.0, 2.0, 0.3
MEANS, SDS = np.array([0.7, 0.8, 0.9, 1.0, 1.1, 1.3, 1.6, 2.0]), np.array([0.1, 0.2, 0.4])
DT, PART, PARTS = 0.5, 200.0, 2  # ms; the first part is not counted: it begins at rest
PULSES_HZ = 20_000.0  # of each sign: so many, and so small, that they are a diffusion
LATE = 0.5826  # -zeta(1/2) / sqrt(2 pi)
ERRORS = 4.0  # standard errors
NOISES: Mapping[str, Any] = {"Gaussian": GaussianNoise, "Poisson": PoissonBackground}


@dataclass(frozen=True)
class Noisy:
    """A neuron under noise, with some of the noise's constants as signals: one value per neuron."""

    neuron: LIF
    noise: tuple[Noise, ...]
    own: tuple[str, ...]

    def dynamics(self) -> Dynamics:
        """The neuron's equations with the noise."""
        told = Population("noisy", 1, self.neuron, noise=self.noise).dynamics()
        kept = {name: value for name, value in told.parameters.items() if name not in self.own}
        return replace(told, parameters=kept, signals={**told.signals, **dict.fromkeys(self.own, "1")})


def formula_hz(mean: np.ndarray, sd: np.ndarray, t_ref: float, reset: float, threshold: Any = 1.0) -> Any:
    """1 / f = t_ref + tau integral over w > 0 of exp(-w^2) (exp(2 b w) - exp(2 a w)) / w, with a and b those of reset
    and threshold, (level - mean) / (sqrt(2) sd): Brunel & Hakim 1999, Neural Computation 11:1621; on a fine grid."""
    scale = 2**0.5 * np.asarray(sd)[..., None]
    low, high = ((np.asarray(level)[..., None] - np.asarray(mean)[..., None]) / scale for level in (reset, threshold))
    log_w = np.linspace(-32, 4, 4_001)
    w = np.exp(log_w)
    return 1000 / (t_ref + TAU * np.trapezoid(np.exp(2 * high * w - w**2) - np.exp(2 * low * w - w**2), log_w, axis=-1))


def expected_hz(mean: np.ndarray, sd: np.ndarray) -> np.ndarray:
    """The formula, for a potential that is looked at every `DT`.

    A threshold that is looked at in steps acts as one that is higher by 0.5826 standard deviations of a step's
    movement, here sd sqrt(2 dt / tau): Broadie, Glasserman & Kou 1997, Mathematical Finance 7:325. A spike belongs to
    the step that ends with it, so that of t_ref a step is over by then.
    """
    return formula_hz(mean, sd, T_REF - DT, RESET, 1 + LATE * sd * np.sqrt(2 * DT / TAU))


@dataclass(frozen=True)
class Rates:
    """Under one kind of noise, (sd, mean), in Hz: measured, its standard error, and published."""

    name: str
    found: np.ndarray
    error: np.ndarray
    published: np.ndarray

    @property
    def off(self) -> np.ndarray:
        """In tolerances: half a step in the mean interval, and four standard errors."""
        return np.abs(self.found - self.published) / (self.published**2 * DT / 2000 + ERRORS * self.error)


def _driven(name: str, noise: Any, neuron: LIF, sd: np.ndarray) -> tuple[Noisy, dict[str, np.ndarray]]:
    """The neuron under noise of that kind and its signals, which give the free potential that standard deviation.

    Solved for what a step of noise makes of a potential that keeps exp(-dt / tau) of itself.
    """
    step = DT / TAU
    if name == "Gaussian":
        return Noisy(neuron, (noise(1.0),), ("noise_0_sd",)), {"noise_0_sd": sd * np.sqrt(DT / np.tanh(step / 2))}
    weight = sd * np.sqrt(-np.expm1(-2 * step) / (2 * PULSES_HZ * DT / 1000))
    signals = {"noise_0_weight": weight, "noise_1_weight": -weight}
    return Noisy(neuron, (noise(PULSES_HZ, 1.0), noise(PULSES_HZ, -1.0)), tuple(signals)), signals


def rates(noises: Mapping[str, Any] = NOISES, neuron: Any = LIF, neurons: int = 150) -> tuple[Rates, ...]:
    """Of so many neurons for each mean and standard deviation, all in one simulation."""
    mean, sd = (np.repeat(grid.ravel(), neurons) for grid in np.meshgrid(MEANS, SDS))
    made = {name: _driven(name, noise, neuron(TAU, T_REF, RESET), sd) for name, noise in noises.items()}
    network = Network(
        tuple(Population(name, mean.size, noisy, counted=True) for name, (noisy, _) in made.items()),
        (),
        Presentation(PART, dt_ms=DT, carry_over=True, precision="double"),
    )
    signals = {
        f"{name}.{signal}": np.tile(values, (PARTS, 1))
        for name, (_, own) in made.items()
        for signal, values in {"current": mean, **own}.items()
    }
    answer = simulate(network, signals, {}, keys_by_position(0, 0, PARTS), learn=True, backend="numpy")
    return tuple(_rates(name, answer.counts[name][1:], neurons) for name in made)


def _rates(name: str, counts: np.ndarray, neurons: int) -> Rates:
    seconds = len(counts) * PART / 1000
    counted = counts.sum(axis=0).reshape(len(SDS), len(MEANS), neurons)
    spread = np.sqrt(counted.var(axis=-1) + 1 / neurons)  # one spike more or less, where there is none
    return Rates(
        name,
        counted.mean(axis=-1) / seconds,
        spread / np.sqrt(neurons) / seconds,
        expected_hz(MEANS, SDS[:, None] + 0 * MEANS),
    )


def check_rates(**parts: Any) -> None:
    """Neurons under noise fire at the published rate."""
    for one in rates(**parts):
        require(one.off.max() <= 1, f"{one.name} noise: a rate off by {one.off.max():.1f} tolerances")


def closed(law: Any) -> agreement.Pair:
    """The library's formula and the one above, over means, standard deviations and resets."""
    mean, sd, grids, published = _published()
    return np.array([law(mean, sd, TAU, t_ref, reset) for t_ref, reset in grids]), published


@cache
def _published() -> tuple[np.ndarray, np.ndarray, tuple[tuple[float, float], ...], np.ndarray]:
    mean, sd = np.meshgrid(np.linspace(-0.5, 3, 8), np.geomspace(0.1, 3, 6))
    grids = ((0.0, 0.0), (2.0, 0.5), (2.0, -0.5))
    return mean, sd, grids, np.array([formula_hz(mean, sd, t_ref, reset) for t_ref, reset in grids])


def check_formula(law: Any) -> None:
    """The library's formula is the published one."""
    np.testing.assert_allclose(*closed(law), rtol=1e-9)


def find(full: bool) -> Finding:
    """Rates under both kinds of noise; and the library's formula."""
    found, pair = rates(neurons=1500 if full else 150), closed(siegert_hz)
    check_formula(siegert_hz)
    off = max(one.off.max() for one in found)
    fires = [np.abs(one.found / one.published - 1)[one.published > 5] for one in found]

    def draw(figure: Figure) -> None:
        for axes, one in zip(figure.subplots(1, len(found), sharey=True), found, strict=True):
            _draw(axes, one)

    measured = f"within {off:.2f} of the tolerance, above 5 Hz {np.mean(fires):.1%} on average; {agreement.words(pair)}"
    return Finding(measured, bool(off <= 1), draw)


def _draw(axes: Axes, one: Rates) -> None:
    fine = np.linspace(MEANS[0], MEANS[-1], 100)
    lines = axes.plot(fine, expected_hz(fine, SDS[:, None] + 0 * fine).T, color=agreement.PUBLISHED)
    dots = axes.plot(MEANS, one.found.T, "o", color=agreement.MEASURED, markersize=4)
    axes.set(xlabel="Mean of the free potential / threshold", ylabel="Rate (Hz)", title=f"{one.name} noise")
    axes.legend([dots[0], lines[0]], ["measured", "published"], loc="upper left")


LAW = Law(
    key="N3",
    name="siegert",
    what="LIF neurons under noise fire at Siegert's rate",
    source="Siegert 1951, Phys. Rev. 81:617; Brunel 2000, J. Comput. Neurosci. 8:183",
    target="Siegert's rate, with the threshold that is looked at in steps higher by .5826 sd of a step (Broadie, "
    "Glasserman & Kou 1997), for Gaussian noise and for many small pulses",
    tolerance="half a step of the mean interval and 4 standard errors; formula 1e-9",
    reason="spikes are at whole steps, and a mean of finitely many spikes scatters",
    find=find,
    caption="From below, the potential has a standard deviation of 0.1, 0.2 and 0.4 of the distance from rest to "
    "threshold.",
)
