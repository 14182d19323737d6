"""Numbers as readers see them: accuracies in percent, differences in points; and text from outside as mere text."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import category

from brainnet.statistics import Estimate

LONGEST = 48  # characters of a name in a figure, which has to have room for its axes too
MINUS = "\N{MINUS SIGN}"
# What Markdown, its mathematics and raw HTML begin with; entities where not all readers know the escape.
MARKDOWN = str.maketrans(
    {"<": "&lt;", ">": "&gt;", "&": "&amp;", "$": "&#36;", "\n": " ", **{c: f"\\{c}" for c in "\\`*[]|"}}
)


def percent(share: float) -> str:
    """0.9714 as '97.1 %'."""
    return f"{decimal(100 * share)} %"


def points(share: float) -> str:
    """-0.0231 as '-2.3', with a sign unless it rounds to zero."""
    text = decimal(100 * share)
    return text if text.startswith(MINUS) or text == "0.0" else f"+{text}"


def interval(estimate: Estimate, form: str = "percent") -> str:
    """Ends of the interval, '96.5 to 97.6', or with signs if they are points of a difference; a dash for none."""
    if estimate.low is None or estimate.high is None:
        return "–"
    if form == "points":
        return f"{points(estimate.low)} to {points(estimate.high)}"
    return f"{decimal(100 * estimate.low)} to {decimal(100 * estimate.high)}"


def count(number: int, noun: str) -> str:
    """1 as '1 seed', 1257 as '1,257 patterns'."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def listed(items: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def decimal(value: float) -> str:
    text = f"{value:.1f}".replace("-", MINUS)
    return "0.0" if text == f"{MINUS}0.0" else text


def plain(text: object) -> str:
    """Text that any file can hold: control characters but line ends, and halves of surrogates, as their numbers."""
    return "".join(c if c == "\n" or category(c) not in ("Cc", "Cs") else _number(c) for c in str(text))


def _number(character: str) -> str:
    return character.encode("unicode_escape").decode()


def markdown(text: object) -> str:
    """Text that is no more than text in Markdown, in a table too: no HTML, no mathematics, no link, no line end."""
    return plain(text).translate(MARKDOWN)


def literal(text: str) -> str:
    """Text that is mere text in a figure: no mathematics, no line end, not left out of legends, and not long."""
    shown = plain(text).replace("\n", " ")
    shown = shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"
    escaped = shown.replace("$", "\\$")
    return f" {escaped}" if escaped.startswith("_") else escaped
