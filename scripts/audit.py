"""Asks public lists of known faults about every pinned package. `make audit`; exit code 1 when one is known.

Without a network, or where none of the lists knows our packages, it says so in a line and is content.
"""

import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TOOL = "pip-audit==2.10.1"
HOME = ROOT / ".venv" / "audit"  # an environment of its own: it brings twenty packages that we need for nothing else
SERVICES = ("pypi", "osv")
LATE = 240  # seconds
# Advisories that do not touch us, each with the reason: ("GHSA-…", "why")
IGNORED: tuple[tuple[str, str], ...] = ()


def main() -> int:
    if not _install():
        print("The dependencies were not audited: the tool for it cannot be installed here.")
        return 0
    for service in SERVICES:
        rows = _ask(service)
        audited = [row for row in rows if "vulns" in row]
        if audited:
            return _tell(audited, len(rows) - len(audited), service)
    print("The dependencies were not audited: no list of known faults can be reached from here.")
    return 0


def _install() -> bool:
    if not (HOME / "bin" / "pip-audit").exists():
        try:
            venv.create(HOME, with_pip=True, clear=True)
            command = [str(HOME / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check", TOOL]
            subprocess.run(command, check=True, capture_output=True, timeout=LATE)
        except (OSError, subprocess.SubprocessError):
            return False
    return True


def _ask(service: str) -> list[dict[str, Any]]:
    """A row for each package; none when the service does not answer."""
    pins = ["-r", str(ROOT / "constraints.txt"), "--no-deps", "--disable-pip"]
    command = [str(HOME / "bin" / "pip-audit"), "-s", service, "-f", "json", "--progress-spinner=off", "--timeout=5"]
    for name, _ in IGNORED:
        command += ["--ignore-vuln", name]
    try:
        done = subprocess.run([*command, *pins], capture_output=True, text=True, timeout=LATE)
        return list(json.loads(done.stdout)["dependencies"])
    except (OSError, subprocess.SubprocessError, ValueError, KeyError):
        return []


def _tell(rows: list[dict[str, Any]], left: int, service: str) -> int:
    known = [(row["name"], row["version"], one) for row in rows for one in row["vulns"]]
    unknown = f", {left} are not known to it" if left else ""
    print(f"Audited {len(rows)} packages ({service}{unknown}): {len(known)} known faults.")
    for name, version, one in known:
        mended = ", ".join(one["fix_versions"]) or "no release yet"
        print(f"  {name} {version}: {one['id']}, mended in {mended}")
    return 1 if known else 0


if __name__ == "__main__":
    sys.exit(main())
