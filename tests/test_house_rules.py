"""Rules of this code base that no linter holds: sizes, imports, words that have no place in it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("matching", "api", "datasets", "experiments")
FOLDERS = {*PACKAGES, "tests", ".ci"}
MAX_FILE, MAX_FUNCTION, MAX_LONG_SHARE, MAX_MEDIAN, MAX_NOQA_PER_1000 = 300, 40, 0.04, 8, 2
HEAVY = (
    "sklearn",
    "ortools",
    "openpyxl",
    "xlsxwriter",
    "python_calamine",
    "sparse_dot_topn",
    "opencc",
    "fastapi",
)

Function = ast.FunctionDef | ast.AsyncFunctionDef

# Each pattern is put together from pieces, else this file would find itself.
FORBIDDEN = {
    "a planning file": r"\b(?:" + "|".join(("DES" + "IGN", "DOM" + "AIN", "BRI" + "EF")) + r")(?:\.md\b| \d)",
    "the letter of an issue": r"(?i:\bissue) " + r"[A-Z]\d?\b",
    "a path of one machine": r"(?<![\w.~-])/" + "(?:work|tmp|root|home|opt)/",
    "a registry": "py" + r"pi\.org|python" + r"hosted\.org|registry\.np" + r"mjs|deb\.deb" + r"ian\.org",
}


@cache
def files() -> tuple[Path, ...]:
    """All files that are in git or about to be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(
        command, cwd=ROOT, capture_output=True, check=True, text=True, encoding="utf-8"
    ).stdout
    return tuple(ROOT / name for name in sorted({*names.split("\0")} - {""}) if (ROOT / name).is_file())


@cache
def trees() -> dict[str, ast.Module]:
    """Syntax trees of the product's modules by their paths."""
    modules = (
        path for path in files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in PACKAGES
    )
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in modules
    }


def nodes(*kinds: type[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    """All nodes of some kinds with the place where each stands."""
    for name, tree in trees().items():
        yield from (
            (f"{name}:{at.lineno}", at)
            for at in ast.walk(tree)
            if isinstance(at, kinds) and hasattr(at, "lineno")
        )


def functions() -> Iterator[tuple[str, Function]]:
    for place, node in nodes(ast.FunctionDef, ast.AsyncFunctionDef):
        assert isinstance(node, Function)
        yield place, node


def lines_of_body(function: Function) -> int:
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [f"{'.' * node.level}{node.module or ''}"]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def test_every_python_file_is_short() -> None:
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines()) for path in files() if path.suffix == ".py"
    }
    assert not {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > MAX_FILE}


def test_functions_are_short() -> None:
    lengths = {f"{place} {function.name}": lines_of_body(function) for place, function in functions()}
    over = {place: length for place, length in lengths.items() if length > MAX_FUNCTION}
    assert len(over) <= MAX_LONG_SHARE * len(lengths), over
    assert median(lengths.values()) <= MAX_MEDIAN


def test_internal_imports_stand_at_the_top() -> None:
    """Third-party modules may be loaded late for their cost; our own never need to be."""
    late = [
        f"{place} {name}"
        for place, function in functions()
        for node in ast.walk(function)
        for name in imported(node)
        if name.startswith(".") or name.split(".")[0] in PACKAGES
    ]
    assert not late


def test_no_module_of_matching_imports_the_public_face() -> None:
    """What the package offers is gathered from its modules; the other way round is a cycle."""
    upward = [place for place, node in nodes(ast.Import, ast.ImportFrom) if "matching" in imported(node)]
    assert not [place for place in upward if place.startswith("matching/")]


def test_no_handler_catches_everything() -> None:
    handlers = [
        (place, node) for place, node in nodes(ast.ExceptHandler) if isinstance(node, ast.ExceptHandler)
    ]
    caught = {place: ast.unparse(node.type) if node.type else "" for place, node in handlers}
    assert not {
        place for place, kind in caught.items() if not kind or re.search(r"\b(Base)?Exception\b", kind)
    }


def test_the_library_prints_nothing() -> None:
    calls = [
        place
        for place, node in nodes(ast.Call)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print"
    ]
    assert not [place for place in calls if place.startswith("matching/")]


def test_no_default_is_mutable() -> None:
    mutable = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
    defaults = [(place, d) for place, f in functions() for d in (*f.args.defaults, *f.args.kw_defaults)]
    fresh = [
        place
        for place, d in defaults
        if isinstance(d, ast.Call) and ast.unparse(d.func) in ("list", "dict", "set")
    ]
    assert not [*fresh, *(place for place, d in defaults if isinstance(d, mutable))]


def test_every_all_is_sorted() -> None:
    """Constants, then classes, then the rest, each by the alphabet, as the linter's own fix sorts them."""
    for place, node in nodes(ast.Assign):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            names: list[str] = ast.literal_eval(node.value)
            assert names == sorted(names, key=lambda n: (not n.isupper(), not n[0].isupper(), n)), place


def test_the_linter_is_rarely_silenced() -> None:
    lines = [line for name in trees() for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
    assert sum("# no" + "qa" in line for line in lines) <= MAX_NOQA_PER_1000 * len(lines) / 1000


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    pattern, found = re.compile(FORBIDDEN[what]), []
    for path in files():
        content = path.read_bytes()
        if b"\0" not in content:
            hits = pattern.finditer(content.decode("utf-8", errors="replace"))
            found += [f"{path.relative_to(ROOT)}: {hit.group()}" for hit in hits]
    assert not found


def test_the_lock_file_pins_every_dependency_by_hash_and_names_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    names = {re.split(r"[<>=\[ ;]", line)[0].lower().replace("_", "-") for line in asked}
    pinned = dict(re.findall(r"^([\w.-]+)==\S+.*?\\\n\s+--hash=(sha256:\w{64})", text, re.MULTILINE))
    assert names <= pinned.keys()
    assert len(pinned) == len(re.findall("^[a-z0-9]", text, re.MULTILINE))
    assert not re.search(r"://|index|find-links|file:|@", text)


def test_every_folder_is_meant_and_every_package_is_shipped() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert {path.relative_to(ROOT).parts[0] for path in files() if path.parent != ROOT} <= FOLDERS
    assert tuple(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == PACKAGES
    assert not [name for name in trees() if not (ROOT / name).with_name("__init__.py").is_file()]


def test_importing_the_library_loads_nothing_heavy() -> None:
    """An office's PC takes seconds for each of them, and most commands need none."""
    code = f"import sys, matching; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == []
