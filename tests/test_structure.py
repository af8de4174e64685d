"""The shape of the source tree: which way imports point, how large files grow, what the set-up promises."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "corpus": {"corpus"},
    "ingest": {"ingest"},
    "assistant": {"assistant", "ingest"},
    "api": {"api", "assistant", "ingest"},
    "evals": {"evals", "api", "assistant", "ingest", "corpus"},
}
# The command `assistant evals` lives in api/, and is the one door from there to evals/.
DOORS = {"api/commands/evals.py": {"evals"}}
FILE_LINES, FUNCTION_LINES = 250, 40
SOURCES = sorted(path for package in (*MAY_IMPORT, "tests") for path in (ROOT / package).rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), _name(path))


def _imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and first name of every module that `path` imports, inside functions too."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.lineno, node.module.partition(".")[0]


def _strings(path: Path) -> Iterator[tuple[int, str]]:
    """Line and value of every string in the code of `path`, docstrings aside."""
    tree = _tree(path)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def _requirements() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = [line for lines in project["optional-dependencies"].values() for line in lines]
    return [Requirement(line) for line in project["dependencies"] + optional]


def _pins() -> dict[str, str]:
    lines = (line.strip() for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines())
    pairs = (line.partition("==") for line in lines if line and not line.startswith("#"))
    return {canonicalize_name(name): version for name, _, version in pairs}


def _tracked() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, so there is no list of tracked files")
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=True).stdout
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_point_one_way(package: str) -> None:
    ours = {*MAY_IMPORT, "tests"}
    wrong = [
        f"{_name(path)}:{line} imports {module}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for line, module in _imported(path)
        if module in ours - MAY_IMPORT[package] - DOORS.get(_name(path), set())
    ]
    assert not wrong


def test_programme_names_are_data_not_code() -> None:
    programme = tomllib.loads((ROOT / "corpus" / "programme.toml").read_text("utf-8"))
    names = [row["name"] for table in ("models", "innovators", "adopters") for row in programme[table]]
    found = [
        f"{_name(path)}:{line} names {name}"
        for package in ("ingest", "assistant", "api")
        for path in sorted((ROOT / package).rglob("*.py"))
        for line, text in _strings(path)
        for name in names
        if re.search(rf"\b{re.escape(name)}\b", text)
    ]
    assert not found


def test_files_are_small() -> None:
    lengths = {_name(path): len(path.read_text("utf-8").splitlines()) for path in SOURCES}
    assert not {name: lines for name, lines in lengths.items() if lines > FILE_LINES}


def test_functions_are_small() -> None:
    large = [
        f"{_name(path)}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1} lines"
        for path in SOURCES
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    ]
    assert not large


def test_every_import_is_a_declared_dependency() -> None:
    """A module that only another package brings along can vanish with that package's next release."""
    declared = {canonicalize_name(requirement.name) for requirement in _requirements()}
    homes = packages_distributions()
    known = {*sys.stdlib_module_names, *MAY_IMPORT, "tests"}
    missing = {
        f"{_name(path)}:{line} imports {module}"
        for path in SOURCES
        for line, module in _imported(path)
        if module not in known and not declared & {canonicalize_name(home) for home in homes.get(module, [module])}
    }
    assert not missing


def test_constraints_pin_every_dependency() -> None:
    pins = _pins()
    assert not [requirement.name for requirement in _requirements() if canonicalize_name(requirement.name) not in pins]


def test_constraints_are_exact_and_portable() -> None:
    version = re.compile(r"\d+(\.\w+)*")
    assert not {name: pin for name, pin in _pins().items() if not version.fullmatch(pin)}


def test_constraints_agree_with_the_ranges_asked_for() -> None:
    pins = _pins()
    assert all(pins[canonicalize_name(wanted.name)] in wanted.specifier for wanted in _requirements())


def test_every_dependency_has_its_reason_written_down() -> None:
    record = (ROOT / "docs" / "decisions" / "0007-dependencies.md").read_text("utf-8")
    assert not [wanted.name for wanted in _requirements() if f"`{wanted.name}`" not in record]


def test_make_offers_every_command_the_readme_names() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for document in ("README.md", "CONTRIBUTING.md", ".ci/run"):
        named = set(re.findall(r"(?:`|^)make ([a-z]+)", (ROOT / document).read_text("utf-8"), re.MULTILINE))
        assert named, f"{document} names no command"
        assert named <= targets, f"{document} names {sorted(named - targets)}"


def test_make_runs_what_the_readme_says() -> None:
    """`make -n` prints the recipes without running them."""
    for target, recipe in (("run", "assistant serve"), ("test", "pytest"), ("check", "mypy")):
        printed = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        assert recipe in printed


def test_links_between_the_documents_lead_somewhere() -> None:
    broken = [
        f"{_name(path)} -> {target}"
        for path in _tracked()
        if path.suffix == ".md"
        for target in re.findall(r"\]\(<?([^)#>\s]+)", path.read_text("utf-8"))
        if not re.match(r"[a-z]+:", target) and not (path.parent / target).exists()
    ]
    assert not broken


def test_tracked_files_name_no_registry_and_no_machine() -> None:
    """What is looked for is put together here, so that this file does not hold it."""
    hosts = [("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("debian", "org")]
    folders = "|".join(("wo" + "rk", "ro" + "ot", "fa" + "rm"))
    forbidden = re.compile(
        rf"(?<![\w.])/(?:{folders})/[\w.-]+|\b(?:{'|'.join(re.escape('.'.join(host)) for host in hosts)})\b",
        re.IGNORECASE,
    )
    found = [
        f"{_name(path)}:{number}: {line.strip()[:80]}"
        for path in _tracked()
        if b"\0" not in path.read_bytes()[:4096]
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if forbidden.search(line)
    ]
    assert not found
