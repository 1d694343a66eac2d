"""Whether docker/compose.yaml is one, by Docker's own word; where Docker is not, that is said."""

import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "docker"


def main() -> int:
    """Return 0 where the file is one or nobody can tell, else 1."""
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        print("docker compose is not here: docker/compose.yaml was not checked by it", file=sys.stderr)
        return 0
    checked = subprocess.run([docker, "compose", "--profile", "demo", "config", "--quiet"], cwd=FOLDER, check=False)
    return checked.returncode


if __name__ == "__main__":
    raise SystemExit(main())
