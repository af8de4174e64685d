"""docs/licences.md: under which licence each package stands that an installation brings along. `make licences`."""

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
HEAD = """# Licences of what is installed with it

Written by `make licences` from what the packages say of themselves, for the dependencies of `pyproject.toml` (with the
extra `servers`) and all that they bring, at the releases of `constraints.txt`. Tools for development are not among
them.

| package | release | licence |
| --- | --- | --- |
"""
CLASSIFIER = "License :: OSI Approved :: "
LONG = 60  # characters; some packages put the whole text where its name belongs
KNOWN = (("Apache License", "Apache-2.0"), ("MIT License", "MIT"), ("Redistribution and use", "BSD"))


def main(out: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["servers"]]
    rows = [f"| {name} | {release} | {licence} |" for name, release, licence in sorted(found(wanted))]
    out.write_text(HEAD + "\n".join(rows) + "\n", "utf-8")


def found(wanted: list[str]) -> Iterator[tuple[str, str, str]]:
    left = [Requirement(line) for line in wanted]
    seen: set[tuple[str, frozenset[str]]] = set()
    told: set[str] = set()
    while left:
        asked = left.pop()
        name = canonicalize_name(asked.name)
        if (key := (name, frozenset(asked.extras))) in seen:
            continue
        seen.add(key)
        try:
            package = distribution(asked.name)
        except PackageNotFoundError:  # for another system, as its marker says
            continue
        for line in package.requires or ():
            one = Requirement(line)
            if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in ("", *asked.extras)):
                left.append(one)
        if name not in told:
            told.add(name)
            yield name, package.version.partition("+")[0], _licence(name)


def _licence(name: str) -> str:
    about = distribution(name).metadata
    said = [about.get("License-Expression"), about.get("License")]
    said += [", ".join(line.removeprefix(CLASSIFIER) for line in about.get_all("Classifier", []) if CLASSIFIER in line)]
    short = [" ".join(one.split()) for one in said if one and len(one) <= LONG and one.upper() != "UNKNOWN"]
    if short:
        return short[0].replace("|", "/")
    text = " ".join(one for one in said if one)
    return next((licence for words, licence in KNOWN if re.search(words, text)), "see the package")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
