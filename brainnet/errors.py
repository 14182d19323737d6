"""The one kind of error that brainnet raises on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class BrainnetError(ValueError):
    """Something the user can mend: the message is one line that says what is wrong, the value, and what to do."""


@contextmanager
def one_line(where: str = "") -> Iterator[None]:
    """scikit-learn's complaints about data as our own: its first line, and what data should be.

    `where` comes first, in our own errors too.
    """
    try:
        yield
    except BrainnetError as error:
        if not where:
            raise
        raise BrainnetError(f"{where}{error}") from error
    except ValueError as error:
        problem = str(error).splitlines()[0].rstrip(".:")
        # scikit-learn's checks demand the words "Reshape your data"
        cure = "Reshape your data or mend them: patterns are finite numbers, (pattern, input), with a class label each"
        raise BrainnetError(f"{where}{problem}. {cure}") from error
