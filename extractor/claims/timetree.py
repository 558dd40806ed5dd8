"""How far a time and a quantity are from each other in the parse, and which clauses keep a time to themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.claims.view import Found, SentenceView
from extractor.lexicon.loader import load_table
from extractor.quantities.mention import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

# A time in one of these clauses is told of it alone; one without a finite verb may be told of what it belongs to.
_OWN_CLAUSE = frozenset({"acl:relcl", "advcl", "ccomp", "csubj", "parataxis", "acl"})
_FINITE_CLAUSE = frozenset({"acl:relcl", "parataxis"})


def steps_between(view: SentenceView, mention: Mention, time: Found) -> int | None:
    """Steps between the two in the parse; None where a clause keeps the time, or keeps it out."""
    head, host = view.head(mention), _host(view, time)
    if head is None:
        return None
    if host is None:
        return 0
    if head.dep_ == "nummod":  # what is told of the things counted is told of their number
        head = head.head
    up, down = _chain(head), _chain(host)
    common = next((t for t in up if any(t.i == other.i for other in down)), None)
    if common is None:
        return None
    below_host = down[: next(i for i, t in enumerate(down) if t.i == common.i)]
    below_head = up[: next(i for i, t in enumerate(up) if t.i == common.i)]
    if any(_keeps(token) for token in below_host) and common.i != head.i:
        return None
    cost = len(below_host) + len(below_head)
    for token in below_head:
        own = token.dep_ in _FINITE_CLAUSE and not (common.i == token.head.i and common.i == host.i)
        if own and not _circumstance(token):
            return None
        if token.dep_ in ("advcl", "acl") and any(c.dep_ == "mark" and c.pos_ == "ADP" for c in token.children):
            return None
        if token.dep_ == "ccomp" and token.head.i == host.i and host.i == common.i and not _caused(token):
            return None  # when it was said (lo scorso aprile ha calcolato che …)
        cost += 2 * (token.dep_ in _OWN_CLAUSE)
    return cost


def _circumstance(clause: Token) -> bool:
    """``con la città che ospita 300 imprese``: the relative clause says how the main one came about, at its time."""
    return clause.dep_ == "acl:relcl" and any(c.dep_ == "case" and c.lower_ == "con" for c in clause.head.children)


def _caused(clause: Token) -> bool:
    """``fatti esplodere``: *fare* and an infinitive are one predicate."""
    stems = tuple(load_table("times")["causatives"]["stems"])
    return clause.dep_ == "ccomp" and clause.text.endswith("re") and clause.head.text.startswith(stems)


def _keeps(token: Token) -> bool:
    if token.dep_ in _OWN_CLAUSE:
        return not _caused(token)
    return token.dep_ == "conj" and token.pos_ in ("VERB", "AUX")


def _chain(token: Token) -> list[Token]:
    chain = [token]
    while token.head.i != token.i:
        token = token.head
        chain.append(token)
    return chain


def _host(view: SentenceView, time: Found) -> Token | None:
    """What a time belongs to in the parse: the head of the expression's head; None for a time by itself."""
    members = view.tokens(time.start, time.end)
    indices = {t.i for t in members}
    top = next((t for t in members if t.head.i not in indices or t.head.i == t.i), None)
    carriers = load_table("times")["carriers"]["words"]
    while top is not None:
        if top.head.i == top.i:
            return None if not any(c.i not in indices and c.dep_ != "punct" for c in top.children) else top
        if top.head.pos_ != "ADP" and top.head.text.lower() not in carriers:
            return top.head
        top = top.head
    return None
