"""The one kind of error that brainnet raises on purpose."""


class BrainnetError(ValueError):
    """Something the user can mend: the message is one line that says what is wrong, the value, and what to do."""
