"""The house rules that a reader of the code relies on."""

import ast
import re
from pathlib import Path

import click
import pytest

from locator.cli import main

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LOGIC = sorted((ROOT / "locator").rglob("*.py"))


def imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add((node.module or "").split(".")[0])
    return names


def test_the_logic_never_imports_streamlit():
    assert not [p for p in LOGIC if imports(p) & {"streamlit", "streamlit_folium", "pages"}]


@pytest.mark.parametrize("path", LOGIC, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_can_be_read_in_one_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def commands(command: click.Command, name: str) -> list[str]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        found = []
        for sub in command.list_commands(context):
            found += commands(command.get_command(context, sub), f"{name} {sub}")
        return found
    return [name]


@pytest.mark.parametrize("name", commands(main, "python -m locator"))
def test_every_command_is_in_the_readme(name):
    assert name in README


def test_every_dependency_earns_a_line_in_the_readme():
    pins = (ROOT / "requirements.txt").read_text().split()
    table = README.split("## Dependencies")[1]
    for pin in pins:
        assert "==" in pin
        assert re.search(rf"\b{re.escape(pin.split('==')[0])}\b", table), pin
