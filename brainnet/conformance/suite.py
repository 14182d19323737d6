"""All laws in order of their keys, and how they are put to the test.

A new law is a file of its own that ends in a `Law`, and one line in `LAWS`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches

from brainnet.conformance import structure
from brainnet.conformance.artificial import (
    bcm,
    competition,
    feedback,
    foldiak,
    gradient,
    hebbian,
    hopfield,
    optimizers,
    supervised,
)
from brainnet.conformance.entry import Entry
from brainnet.conformance.law import FAILS, Examined, Finding, Law
from brainnet.conformance.spiking import (
    adex,
    brunel,
    convergence,
    distal_reward,
    fi_curve,
    florian,
    hodgkin_huxley,
    izhikevich,
    izhikevich_network,
    masquelier,
    receptors,
    rules,
    short_term,
    siegert,
    song,
    stdp_window,
    triplet,
    vogels,
)
from brainnet.errors import BrainnetError

# Published targets of the suite; other laws of neurons and networks, spiking rules, artificial rules, structure.
GROUPS = "VNRAS"


def place(law: Law | Entry) -> tuple[int, int]:
    """Where the law, or the entry of a law, stands in the table: by group, then by number."""
    return GROUPS.index(law.key[0]), int(law.key[1:])


LAWS = tuple(
    sorted(
        (
            hebbian.OJA,
            hopfield.LAW,
            gradient.LAW,
            foldiak.LAW,
            hebbian.SANGER,
            feedback.ALIGNMENT,
            feedback.DIRECT,
            bcm.LAW,
            competition.LAW,
            supervised.PERCEPTRON,
            supervised.DELTA_RULE,
            optimizers.MOMENTUM,
            optimizers.ADAM,
            fi_curve.LAW,
            adex.LAW,
            izhikevich.LAW,
            hodgkin_huxley.LAW,
            stdp_window.LAW,
            song.LAW,
            triplet.LAW,
            brunel.LAW,
            vogels.LAW,
            masquelier.LAW,
            distal_reward.LAW,
            florian.LAW,
            convergence.LAW,
            izhikevich_network.LAW,
            siegert.LAW,
            receptors.LAW,
            short_term.LAW,
            rules.SYMMETRIC,
            rules.DIEHL_COOK,
            rules.POSTSYNAPTIC,
            rules.INHIBITORY,
            rules.REWARD,
            rules.DELTA,
            structure.GRAPHS,
            structure.DALES_LAW,
        ),
        key=place,
    )
)


def chosen(names: Sequence[str], full: bool = False, laws: Sequence[Law] = ()) -> tuple[Law, ...]:
    """The laws with these keys or names, in order of their keys; without names all, but the long ones only if `full`.

    `laws` are those to choose from, the suite's own if there are none.

    Raises:
        BrainnetError: a name that no law has.
    """
    laws = laws or LAWS
    if not names:
        return tuple(law for law in laws if full or not law.long)
    known = {word.lower(): law for law in laws for word in (law.key, law.name)}
    for name in names:
        if name.lower() not in known:
            raise BrainnetError(_unknown(name, list(known), laws))
    wanted = {known[name.lower()].key for name in names}
    return tuple(law for law in laws if law.key in wanted)


def run(
    names: Sequence[str] = (),
    full: bool = False,
    progress: Callable[[str], object] = lambda text: None,
    laws: Sequence[Law] = (),
) -> Iterator[Examined]:
    """A row for each law chosen, as soon as it is found; `progress` hears what is being done."""
    selected = chosen(names, full, laws)
    for number, law in enumerate(selected, start=1):
        progress(f"{number} of {len(selected)}  {law.label}")
        yield examine(law, full)


def examine(law: Law, full: bool = False) -> Examined:
    """Put one law to the test.

    Only a check that does not hold speaks against a law. Whatever else ends a test says nothing of the law, which is
    then untried; an interruption ends everything.
    """
    start = time.perf_counter()
    try:
        finding, untried = _found(law, full), False
    except (BrainnetError, OSError, MemoryError) as error:
        finding, untried = Finding(f"could not be put to the test: {_words(error)}", False), True
    return Examined(law, finding, time.perf_counter() - start, untried)


def _found(law: Law, full: bool) -> Finding:
    try:
        return law.find(full)
    except AssertionError as error:  # a part of the law that could not be measured any further
        return Finding(_words(error), False)


def _words(error: Exception) -> str:
    words = " ".join(str(error).split()) or type(error).__name__
    return words if len(words) <= 200 else f"{words[:197]}..."


def require_passed(rows: Sequence[Examined]) -> None:
    """Raise BrainnetError, which names the laws, unless all hold."""
    failed = [row.law.label for row in rows if row.verdict == FAILS]
    untried = [f"{row.law.label} ({row.finding.measured})" for row in rows if row.untried]
    parts = [f"laws that do not hold: {', '.join(failed)}"] if failed else []
    parts += [f"laws of which nothing is known: {', '.join(untried)}"] if untried else []
    if parts:
        raise BrainnetError("; ".join(parts))


def _unknown(name: str, known: list[str], laws: Sequence[Law]) -> str:
    near = get_close_matches(name.lower(), known, n=1)
    shown = name if len(name) <= 40 else f"{name[:37]}..."
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"unknown law {shown!r}: {hint}there are {', '.join(law.label for law in laws)}"
