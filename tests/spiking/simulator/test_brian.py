"""Brian2 is imported without running what lies about, and without leaving anything."""

import os
import subprocess
import sys
from pathlib import Path


def test_import_runs_nothing_of_the_current_folder_and_leaves_nothing(tmp_path):
    here, temporary = tmp_path / "here", tmp_path / "temporary"
    here.mkdir()
    temporary.mkdir()
    (here / "brian_preferences").write_text("import pathlib; pathlib.Path('executed').touch()\n")
    root = str(Path(__file__).parents[3])
    code = "import os, brainnet.spiking.simulator.brian as b; print(os.getcwd()); print(b.b2.prefs.logging.file_log)"
    environment = os.environ | {"TMPDIR": str(temporary), "PYTHONPATH": root}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=here, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [str(here), "False"]
    assert [path.name for path in here.iterdir()] == ["brian_preferences"]
    assert not list(temporary.iterdir())
