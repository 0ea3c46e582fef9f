"""The places of the project's own files, for the tests that look at them."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
PACKAGES = ("events", "projections", "workers", "service")


def tracked_files() -> list[Path]:
    """List the files of the working tree that git tracks, relative to the root."""
    git = shutil.which("git") or "git"
    listing = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    names = listing.stdout.split("\0")
    return [Path(name) for name in names if name and (ROOT / name).is_file()]
