"""`python -m brainnet` is the command `brainnet`."""

import sys

from brainnet.cli import main

if __name__ == "__main__":
    sys.exit(main())
