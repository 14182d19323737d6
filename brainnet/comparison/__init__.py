"""The comparison: every model on the same patterns, splits and seeds, and the statistics of their differences.

    design (which models) -> trial (one model, one seed) -> run (all of them, in processes) -> statistics -> store

>>> from brainnet.comparison.run import compare
>>> comparison = compare("digits", seeds=range(5))  # doctest: +SKIP
"""
