"""The house rules that a reader of the code relies on."""

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from locator.cli import main

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LOGIC = sorted((ROOT / "locator").rglob("*.py"))
SHOWN = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]

Import = tuple[tuple[str, ...], str]  # (the module's path in locator/, a name from it)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add((node.module or "").split(".")[0])
    return names


def own_imports(path: Path) -> Iterator[Import]:
    """What a file imports of locator/."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "locator":
            for alias in node.names:
                yield tuple((node.module or "").split(".")[1:]), alias.name
        elif isinstance(node, ast.Import):
            assert not any(a.name.startswith("locator") for a in node.names), path


def package(path: Path) -> tuple[str, ...]:
    """The package that a file of locator/ is in, () for locator/ itself and for pages."""
    return path.relative_to(ROOT / "locator").parts[:-1] if path in LOGIC else ()


def is_package(parts: tuple[str, ...]) -> bool:
    return (ROOT / "locator").joinpath(*parts, "__init__.py").is_file()


def face(parts: tuple[str, ...]) -> set[str]:
    """What a package shows to others: its stub's names where it loads lazily, else `__all__`."""
    stub = (ROOT / "locator").joinpath(*parts, "__init__.pyi")
    if not stub.is_file():
        return set(importlib.import_module(".".join(("locator", *parts))).__all__)
    nodes = ast.walk(parsed(stub))
    return {a.asname or a.name for n in nodes if isinstance(n, ast.ImportFrom) for a in n.names}


def rooms(folder: Path) -> dict[str, set[str]]:
    """The modules and packages directly in a folder, and which others each imports."""
    inside = folder.relative_to(ROOT / "locator").parts
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*.py")):
        at = path.relative_to(folder).parts
        room = at[0].removesuffix(".py")
        if room in ("__init__", "__main__"):
            continue
        arrows = found.setdefault(room, set())
        for module, name in own_imports(path):
            parts = module if len(module) > len(inside) else (*module, name)
            if parts[: len(inside)] == inside and parts[len(inside)] != room:
                arrows.add(parts[len(inside)])
    return found


def test_the_logic_never_imports_streamlit():
    assert not [p for p in LOGIC if imports(p) & {"streamlit", "streamlit_folium", "pages"}]


def test_only_the_settings_read_the_environment():
    reads = re.compile(r"\bos\.environ\b|\bgetenv\b|from os import .*\benviron\b")
    programs = [*LOGIC, *(ROOT / "pages").rglob("*.py"), ROOT / "app.py"]
    found = [p.relative_to(ROOT).as_posix() for p in programs if reads.search(p.read_text("utf-8"))]
    assert found == ["locator/settings.py"]


@pytest.mark.parametrize("path", [*LOGIC, *SHOWN], ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_can_be_read_in_one_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, f"{node.name} needs scrolling"


@pytest.mark.parametrize("path", [*LOGIC, *SHOWN], ids=lambda p: str(p.relative_to(ROOT)))
def test_a_package_is_entered_by_its_face(path):
    """Of another package only the names of its face are imported, and of no package within it."""
    here = package(path)
    for module, name in own_imports(path):
        target = module if is_package(module) else module[:-1]
        if here[: len(target)] == target:
            continue
        outermost = next(target[:n] for n in range(1, len(target) + 1) if here[:n] != target[:n])
        assert module == outermost, f"{'.'.join(module)} is inside {'.'.join(outermost)}"
        assert name in face(module), f"{name} is not shown by {'.'.join(module)}"


@pytest.mark.parametrize("inside", ["", "coverage"])
def test_no_arrow_runs_back(inside):
    """Rooms can be put in an order in which each imports only from those before it."""
    left = rooms(ROOT / "locator" / inside)
    while left:
        free = [room for room, arrows in left.items() if not arrows & left.keys()]
        assert free, f"in a circle: {left}"
        for room in free:
            del left[room]


def test_the_house_can_be_seen_at_one_glance():
    house = rooms(ROOT / "locator")
    assert len(house) <= 25
    assert sum(len(arrows & house.keys()) for arrows in house.values()) <= 97
    assert len(rooms(ROOT / "locator" / "coverage")) <= 8


@pytest.mark.parametrize("stub", sorted((ROOT / "locator").rglob("*.pyi")), ids=str)
def test_no_name_of_a_face_is_a_module_too(stub):
    """`from package import name` would give one or the other, by what was imported before."""
    beside = {p.stem for p in stub.parent.iterdir() if p.is_dir() or p.suffix == ".py"}
    assert not face(stub.parent.relative_to(ROOT / "locator").parts) & beside


@pytest.mark.parametrize("page", sorted((ROOT / "pages").glob("*.py")), ids=lambda p: p.stem)
def test_no_page_has_the_name_of_a_package(page):
    """Streamlit puts pages/ first on the path: whoever imports that package would get the page."""
    assert page.stem == "__init__" or importlib.util.find_spec(page.stem) is None


@pytest.mark.parametrize("folder", sorted({p.parent for p in LOGIC}), ids=str)
def test_tests_have_the_shape_of_the_house(folder):
    """Each package directly in locator/ has a folder of tests of the same name."""
    parts = folder.relative_to(ROOT / "locator").parts
    if len(parts) == 1:
        assert list((ROOT / "tests" / parts[0]).rglob("test_*.py"))


def commands(command: click.Command, name: str) -> list[str]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        found = []
        for sub in command.list_commands(context):
            found += commands(command.get_command(context, sub), f"{name} {sub}")
        return found
    return [name]


def test_every_variable_is_in_the_readme():
    code = (ROOT / "locator" / "settings.py").read_text(encoding="utf-8")
    table = README.split("## Settings")[1].split("\n## ")[0]
    names = set(re.findall(r"\b(?:NAERVED|NUMBA)_[A-Z_]+", code))
    assert names == set(re.findall(r"^\| `([A-Z_]+)`", table, re.MULTILINE))


@pytest.mark.parametrize("name", commands(main, "python -m locator"))
def test_every_command_is_in_the_readme(name):
    assert name in README


def test_every_dependency_earns_a_line_in_the_readme():
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    pins = [line.partition(";")[0] for line in lines]
    table = README.split("## Dependencies")[1]
    for pin in pins:
        assert "==" in pin
        assert re.search(rf"\b{re.escape(pin.split('==')[0])}\b", table), pin
