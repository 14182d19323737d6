"""The laws hold for brainnet's own functions; what is wrong on purpose tries them beside the laws of `conformance`."""

from __future__ import annotations

import pytest

from brainnet.structure import laws


@pytest.mark.parametrize("law", laws.LAWS, ids=lambda law: law.__name__)
def test_holds(law):
    law()
