"""What is called after a commit has a name: Django's log line of a failed one asks for it, and fails without."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
OURS = [config.name for config in apps.get_app_configs() if (ROOT / config.name).is_dir()]
CODE = sorted(path for app in OURS for path in (ROOT / app).rglob("*.py"))


def nameless(tree: ast.AST) -> list[int]:
    """The lines that hand `on_commit` anything but a plain function, named or a lambda.

    A functools.partial, whatever it is called here, and what another call returns have no `__qualname__`.
    """
    partials = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _is_on_commit(node.func):
            given = [*node.args, *(word.value for word in node.keywords if word.arg == "func")][:1]
            plain = bool(given) and isinstance(given[0], ast.Name | ast.Attribute | ast.Lambda)
            if not plain or (isinstance(given[0], ast.Name) and given[0].id in partials):
                found.append(node.lineno)
    return found


def _is_on_commit(called: ast.expr) -> bool:
    return getattr(called, "attr", getattr(called, "id", "")) == "on_commit"


def test_what_is_called_after_a_commit_has_a_name() -> None:
    assert sum("on_commit(" in path.read_text() for path in CODE) >= 3
    found = {str(path.relative_to(ROOT)): nameless(ast.parse(path.read_text())) for path in CODE}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "code",
    [
        "transaction.on_commit(partial(send, 1), robust=True)",
        "on_commit(functools.partial(send, 1))",
        "later = partial(send, 1)\ntransaction.on_commit(later, robust=True)",
        "transaction.on_commit(func=partial(send), using='default')",
        "transaction.on_commit()",
    ],
)
def test_a_partial_is_found(code: str) -> None:
    assert nameless(ast.parse(code))


def test_a_function_is_none() -> None:
    code = "def send(): ...\ntransaction.on_commit(send, robust=True)\non_commit(lambda: 1)\non_commit(self.send)"
    assert nameless(ast.parse(code)) == []
