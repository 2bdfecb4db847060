"""The house rules that a machine can check: sizes, names, places, and what must never be committed."""

from __future__ import annotations

import ast
import warnings
from pathlib import Path

from luoshi.core.document.open import READABLE
from tests.house.tree import ROOT, SOURCE, hold, name, python_files, text_files, text_of, tree_of

PYTHON = python_files()
CORE = [path for path in PYTHON if path.is_relative_to(SOURCE / "core")]
PRODUCT = [path for path in PYTHON if path.is_relative_to(SOURCE)]


def test_files_stay_short() -> None:
    hold(_files_stay_short, [path for path in text_files() if path.suffix in {".py", ".js", ".css", ".html"}])


def _files_stay_short(path: Path) -> None:
    lines = text_of(path).count("\n")
    assert lines <= 500, f"{name(path)} has {lines} lines; split it by what its parts are for"
    if lines > 300:
        warnings.warn(f"{name(path)} has {lines} lines, more than the 300 we like", stacklevel=1)


def test_functions_stay_short() -> None:
    hold(_functions_stay_short, PRODUCT)


def _functions_stay_short(path: Path) -> None:
    long = [
        f"{node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert not long, f"{name(path)}: {', '.join(long)}"


def test_modules_say_what_they_are() -> None:
    hold(_modules_say_what_they_are, PYTHON)


def _modules_say_what_they_are(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "helper", "common", "lib", "misc"}
    tree = tree_of(path)
    # The framework fixes what these two hold.
    if path.name not in {"apps.py", "urls.py"}:
        assert not tree.body or ast.get_docstring(tree), f"{name(path)} has no docstring"


def test_no_file_for_one_tiny_class() -> None:
    hold(_no_file_for_one_tiny_class, PRODUCT)


def _no_file_for_one_tiny_class(path: Path) -> None:
    if path.name in {"apps.py", "__init__.py"}:
        return
    body = [node for node in tree_of(path).body if isinstance(node, ast.ClassDef | ast.FunctionDef)]
    lines = text_of(path).count("\n")
    assert not (len(body) == 1 and lines < 10), f"{name(path)} is a file for {lines} lines"


def test_core_opens_nothing_and_asks_no_clock() -> None:
    hold(_core_opens_nothing_and_asks_no_clock, CORE)


def _core_opens_nothing_and_asks_no_clock(path: Path) -> None:
    functions = {"open", "print", "input"}
    methods = {"now", "today", "utcnow", "read_text", "read_bytes", "write_text", "write_bytes"}
    calls = [node.func for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    called = {call.id for call in calls if isinstance(call, ast.Name)} & functions
    called |= {call.attr for call in calls if isinstance(call, ast.Attribute)} & methods
    assert not called, f"{name(path)} calls {called}"


def test_regular_expressions_have_a_name_and_a_reason() -> None:
    hold(_regular_expressions_have_a_name_and_a_reason, PRODUCT)


def _regular_expressions_have_a_name_and_a_reason(path: Path) -> None:
    lines = text_of(path).splitlines()
    tree = tree_of(path)
    inline = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in {"match", "search", "fullmatch", "sub", "split", "findall", "finditer"}
    ]
    assert not inline, f"{name(path)}: a nameless pattern in line {inline}"
    bare = [
        node.lineno
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and "re.compile(" in ast.unparse(node)
        and not lines[node.lineno - 2].lstrip().startswith("#")
        and "#" not in lines[node.lineno - 1]
    ]
    assert not bare, f"{name(path)}: a pattern without a reason in line {bare}"


def test_tests_mirror_the_source() -> None:
    strays = []
    for half in ("core", "intake", "apps", "settings"):
        for test in sorted((ROOT / "tests" / half).rglob("test_*.py")):
            folder = SOURCE / half / test.parent.relative_to(ROOT / "tests" / half)
            subject = test.stem.removeprefix("test_")
            # test_open.py tests open.py; test_html_tables.py may test a side of html.py.
            words = subject.split("_")
            heads = ["_".join(words[:count]) for count in range(1, len(words) + 1)]
            names = {
                folder.name,
                *(found.stem for found in folder.glob("*") if not found.name.startswith("_")),
            }
            # The pages of an app are tested together: there a folder of the same name is enough.
            if not (names & set(heads) or (half == "apps" and folder.is_dir())):
                strays.append(name(test))
    assert not strays, f"no module in src/luoshi that these test: {strays}"


def test_nothing_in_core_lies_about_unused() -> None:
    tests = [path for path in PYTHON if path.is_relative_to(ROOT / "tests")]
    used = {word for path in [*PRODUCT, *tests] for word in imported(path)}
    # Readers are loaded by the name of their format.
    used |= {f"luoshi.core.document.{format}" for format in READABLE}
    modules = {".".join(path.relative_to(SOURCE.parent).with_suffix("").parts) for path in CORE}
    assert not {module for module in modules - used if not module.endswith(".__init__")}


def imported(path: Path) -> set[str]:
    """The full names that a file imports: of modules, and of what it takes from them."""
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found
