"""The laws of receptors, of synapses that tire and of noise accept them, and reject what has a slip in it."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass, replace
from typing import Any

from mutants import Mutant, first_of_each, of_code, of_neuron, of_rule
from mutation import Slip
from sources import faithful, of_source
from trials import Trial, every

from brainnet.conformance.spiking import receptors, short_term, siegert
from brainnet.spiking.learning import TsodyksMarkram
from brainnet.spiking.neurons import LIF, GaussianNoise, PoissonBackground, Receptor, siegert_hz

FORMULA: Any = sys.modules[siegert_hz.__module__]
KINDS = ("sign", "term left out", "factor left out", "divisor left out", "operand", "function left out",
         "brackets forgotten", "operands exchanged", "comparison turned", "branches exchanged", "constant",
         "add for set", "order of statements")  # fmt: skip
BEYOND = "the limit is far beyond the means and deviations of the law"
OTHERS = [("self.tau_ms", "1.05 * self.tau_ms"), ("self.reversal", "-self.reversal")]
DRAWN = [("i", "0"), ("t_in_timesteps", "began"), ("dt", "ms")]  # one draw for all; for all times; for another step


def of_receptor() -> list[Mutant]:
    """A receptor's slips: in the code of each kernel, in its gain, its constants and its driving force."""
    found = of_source(Receptor, Receptor.gain, Receptor.parameters, Receptor.current, groups=OTHERS)
    for kernel in ("exponential", "alpha"):

        def is_of(receptor: Receptor, kernel: str = kernel) -> bool:
            return receptor.kernel == kernel

        sample = Receptor("s", receptors.TAU, kernel, -70.0)
        current = sample.current(receptors.Clamp().dynamics())
        for member, code, kept in (("decay", sample.decay, sample.variables), ("current", current, ())):
            units = {"tau_s": "ms"}
            mutants = first_of_each(of_code(Receptor, member, code, (), units, kept, is_of), *KINDS)
            found += [replace(mutant, name=f"{kernel}: {mutant.name}") for mutant in mutants]
    return found


def of_noise(name: str, noise: Any, target: tuple[str, str], *more: Mutant) -> Trial:
    """The rate of neurons under noise of a kind, tried with slips in its code."""
    kind = type(noise)
    units = {constant: unit for constant, (_, unit) in noise.parameters("noise_0").items()}
    mutants = of_code(kind, "code", noise.code("noise_0", target), DRAWN, units)
    chosen = [mutant for mutant in mutants if mutant.kind in ("operand", "function left out", "term left out")
              and not mutant.name.endswith("-> attempt")]  # fmt: skip

    def check(kind: Any) -> None:
        siegert.check_rates(noises={name: kind})

    drawn = ("noise_0_stream + attempt -> noise_0_stream", "t_in_timesteps - began -> t_in_timesteps")
    alike = {f"code, term left out: {what}": "other numbers are drawn, which are as random" for what in drawn}
    return Trial("N3", every(check), lambda: kind, [*chosen, *more], alike)


@dataclass(frozen=True)
class AtMostOne(PoissonBackground):
    """Spikes of which one counts in each step."""

    def code(self, name: str, target: tuple[str, str]) -> str:
        """The same with a bound."""
        tree = ast.parse(super().code(name, target))
        (drawn,) = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
        bounded = ast.parse(f"clip({ast.unparse(drawn)}, 0, 1)", mode="eval").body
        return ast.unparse(Slip("", "", {id(drawn): bounded}).planted(tree))


def of_noisy_neuron() -> Trial:
    """The rate of neurons under noise, tried with slips in the neuron."""

    def check(kind: Any) -> None:
        siegert.check_rates(neuron=kind, noises={"Gaussian": GaussianNoise})

    mutants = [mutant for mutant in of_neuron(LIF) if mutant.kind in ("code left out", "parameter", "time constant")]
    return Trial("N3", every(check), lambda: LIF, mutants)


TRIALS = [
    Trial("N4", every(receptors.check_closed_forms), lambda: Receptor, of_receptor()),
    Trial("N5", every(short_term.check_recursion), lambda: TsodyksMarkram, of_rule(TsodyksMarkram)),
    Trial(
        "N3", every(siegert.check_formula), lambda: faithful(siegert_hz),
        of_source(siegert_hz, siegert_hz, FORMULA._integral),
        {"siegert_hz, ...: HIGHEST * s -> HIGHEST": BEYOND, "siegert_hz, ...: LOWEST * s -> LOWEST": BEYOND},
    ),
    of_noisy_neuron(),
    of_noise("Gaussian", GaussianNoise(1.0), ("current", "1")),
    of_noise("Poisson", PoissonBackground(1.0, 1.0), ("v", "1"),
             Mutant("bound added", "one spike in a step at most", lambda: AtMostOne)),
]  # fmt: skip
