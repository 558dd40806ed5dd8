"""Lexicons side by side: nothing that one has made is seen by another."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from extractor.lexicon.active import BUILT_IN, Lexicon, in_force, per_lexicon
from extractor.lexicon.own import EXTENDABLE
from extractor.pipeline import Pipeline, load
from tests.conftest import ROOT

PACKAGE = ROOT / "extractor"
ENERGY = ROOT / "examples" / "energy.toml"
TEXT = "Il derating è di 45 TWh/anno, nell'intorno di 20 petajoule. Guasto a reattore 3."


def test_what_is_kept_is_kept_for_each_lexicon() -> None:
    calls: list[tuple[Lexicon, int]] = []

    @per_lexicon
    def tables() -> str:
        calls.append((in_force(), 0))
        return str(len(calls))

    @per_lexicon
    def twice(number: int) -> int:
        calls.append((in_force(), number))
        return 2 * number

    own = Lexicon({})
    assert (tables(), tables(), twice(2), twice(2), twice(number=3)) == ("1", "1", 4, 4, 6)
    with own.in_force():
        assert (tables(), tables(), twice(2), twice(2)) == ("4", "4", 4, 4)
        with BUILT_IN.in_force():
            assert tables() == "1"
    assert tables() == "1"
    assert calls == [(BUILT_IN, 0), (BUILT_IN, 2), (BUILT_IN, 3), (own, 0), (own, 2)]


def claims(pipeline: Pipeline) -> list[tuple[str, str | None]]:
    return [(claim.text, claim.unit) for claim in pipeline.extract(TEXT)]


OWN = [("45 TWh/anno", "TW.h/a"), ("20 petajoule", "PJ")]
BUILT_IN_ONES = [("45 TWh", "TW.h"), ("20", None), ("3", None)]


def test_pipelines_with_and_without_a_lexicon_live_side_by_side(rules: Pipeline) -> None:
    own = load("blank:it", lexicon=ENERGY)
    for _ in range(2):
        assert claims(own) == OWN
        assert claims(rules) == BUILT_IN_ONES
    documents = [{"id": str(number), "text": TEXT} for number in range(4)]
    for mine, theirs in zip(own.extract_many(documents), rules.extract_many(documents), strict=True):
        assert in_force() is BUILT_IN
        assert [claim.text for claim in mine] == [text for text, _ in OWN]
        assert [claim.text for claim in theirs] == [text for text, _ in BUILT_IN_ONES]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(claims, [own, rules] * 6)) == [OWN, BUILT_IN_ONES] * 6


def test_what_depends_on_a_table_that_can_grow_is_never_cached_for_the_process() -> None:
    """Follows the calls of every function in the package: a plain cache must not stand above such a table."""
    functions, reads, calls = _functions()
    growing = set(reads)
    while more := {name for name, called in calls.items() if called & growing} - growing:
        growing |= more
    cached = {
        ".".join(name)
        for name in growing
        for decorator in getattr(functions[name], "decorator_list", ())
        if "cache" in ast.unparse(decorator) and "cached_property" not in ast.unparse(decorator)
    }
    assert ("extractor.quantities.scan", "trigger") in growing
    assert [module for module, name in growing if name == IMPORT] == []
    assert cached == set()


Name = tuple[str, str]
IMPORT = "what runs at import"


def _functions() -> tuple[dict[Name, ast.AST], set[Name], dict[Name, set[Name]]]:
    """All functions; those that read a table that can grow; and which functions each names."""
    functions: dict[Name, ast.AST] = {}
    imported: dict[Name, Name] = {}
    for path in PACKAGE.rglob("*.py"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions[module, IMPORT] = _calls_at_import(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                functions[module, node.name] = node
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported |= {(module, a.asname or a.name): (node.module, a.name) for a in node.names}
    # a function that reads the built-in tables only does so whatever is in force
    reads = {name for name, node in functions.items() if any(_grows(call) for call in _table_reads(node))}
    reads |= {name for name, node in functions.items() if "additions" in {n.attr for n in _nodes(node, ast.Attribute)}}
    calls = {
        (module, name): {imported.get((module, n.id), (module, n.id)) for n in _nodes(node, ast.Name)} & set(functions)
        for (module, name), node in functions.items()
    }
    return functions, reads - {("extractor.lexicon.loader", "load_table")}, calls


def _calls_at_import(tree: ast.Module) -> ast.Module:
    """What a module calls when it is imported, by name (a table of functions calls none of them)."""
    assigned = [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    calls = (call for node in assigned for call in _nodes(node, ast.Call))
    reads = {id(read) for node in assigned for read in _table_reads(node)}
    return ast.Module([ast.Expr(call if id(call) in reads else call.func) for call in calls], [])


def _nodes(node: ast.AST, sort: type) -> Iterator[ast.AST]:
    return (found for found in ast.walk(node) if isinstance(found, sort))


def _table_reads(node: ast.AST) -> Iterator[ast.Call]:
    return (n for n in _nodes(node, ast.Call) if isinstance(n.func, ast.Name) and n.func.id == "load_table")


def _grows(call: ast.Call) -> bool:
    table = call.args[0]
    return not isinstance(table, ast.Constant) or table.value in EXTENDABLE
