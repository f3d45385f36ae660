"""Why a decision came to what it did, and why not to something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from b2brules.advice.evaluation import Evaluation, Things
from b2brules.advice.model import ClauseProof, Proof, RowProof
from b2brules.advice.override import state_of
from b2brules.advice.paths import name_in
from b2brules.advice.saying import UNKNOWN, WORDS, call, cite, say, say_value
from b2brules.advice.unknowns import of_condition, of_value
from b2brules.advice.wording import word_decision
from b2brules.facts.paths import FactPath, fact_name
from b2brules.language import tree
from b2brules.language.walking import parts
from b2brules.ruleset.model import WHEN, Clause, DecisionKey, Formula, Language, Row


def prove(evaluation: Evaluation, name: str, id: str | None, lang: Language) -> Proof:
    """Return the proof of a decision, for the deal or for the thing with that id."""
    return prove_key(evaluation, (name, id), lang, set())


def prove_key(
    evaluation: Evaluation, key: DecisionKey, lang: Language, seen: set[DecisionKey]
) -> Proof:
    """Return the proof of a decision without those already ``seen``, to which it is added."""
    seen.add(key)
    name, id = key
    decision = evaluation.book.decisions[name]
    things = evaluation.bound(decision.binding, id)
    rows: list[RowProof] = []
    because: dict[DecisionKey, None] = {}
    if isinstance(decision, Formula):
        rows.append(_prove_formula(evaluation, decision, things, lang))
        because.update(dict.fromkeys(decisions_read(evaluation, decision.value, things)))
    else:
        for row in decision.rows:
            proof = _prove_row(evaluation, row, things, lang)
            rows.append(proof)
            if proof.holds is not False:
                for clause in row.clauses:
                    read = decisions_read(evaluation, clause.condition, things)
                    because.update(dict.fromkeys(read))
            if proof.holds:
                break
    subject = None
    if decision.binding is not None:
        thing = things[decision.binding.variable]
        subject = call(thing, lang)
    return Proof(
        decision=word_decision(evaluation, name, id, evaluation.decide(name, id), lang),
        subject=subject,
        rows=tuple(rows),
        because=tuple(
            prove_key(evaluation, read, lang, seen) for read in because if read not in seen
        ),
        as_of=evaluation.as_of,
        lang=lang,
    )


def _prove_row(evaluation: Evaluation, row: Row, things: Things, lang: Language) -> RowProof:
    return RowProof(
        id=row.id,
        then=row.then,
        holds=evaluation.holds_all(row.clauses, things),
        reason=say(evaluation.book.texts[row.id, "", lang], evaluation, things, lang),
        clauses=tuple(
            prove_clause(evaluation, clause, things, lang)
            for clause in row.clauses
            if not isinstance(clause.condition, tree.Always)
        ),
        source=cite(row.citations),
        basis=row.basis,
    )


def prove_clause(
    evaluation: Evaluation, clause: Clause, things: Things, lang: Language
) -> ClauseProof:
    """Return what a cell, or a whole ``when``, comes to, and what it read."""
    text = clause.text if clause.column == WHEN else f"{clause.column}: {clause.text}"
    return prove_condition(evaluation, text, clause.condition, things, lang)


def prove_condition(
    evaluation: Evaluation, text: str, condition: tree.Condition, things: Things, lang: Language
) -> ClauseProof:
    """Return what a condition that is written as ``text`` comes to, and what it read."""
    return ClauseProof(
        text=text,
        holds=evaluation.holds(condition, things),
        facts=tuple(dict.fromkeys(_values_read(evaluation, condition, things, lang))),
        unknown=_named(evaluation, of_condition(evaluation, condition, things)),
    )


def _prove_formula(
    evaluation: Evaluation, formula: Formula, things: Things, lang: Language
) -> RowProof:
    value = say_value(formula.value, evaluation, things, lang)
    known = value != UNKNOWN
    clause = ClauseProof(
        text=formula.text,
        holds=True if known else None,
        facts=tuple(dict.fromkeys(_values_read(evaluation, formula.value, things, lang))),
        unknown=() if known else _named(evaluation, of_value(evaluation, formula.value, things)),
    )
    return RowProof(
        id=formula.name,
        then=value,
        holds=clause.holds,
        reason="",
        clauses=(clause,),
        source=cite(formula.citations),
        basis=formula.basis,
    )


def _named(evaluation: Evaluation, paths: Iterable[FactPath]) -> tuple[str, ...]:
    lists = tuple(evaluation.book.vocabulary.lists())
    return tuple(dict.fromkeys(fact_name(path, lists) for path in paths))


def _values_read(
    evaluation: Evaluation, node: object, things: Things, lang: Language
) -> Iterator[tuple[str, str]]:
    """Yield name and value, in words, of each fact, parameter and decision that a node reads."""
    for leaf, bound in _leaves(evaluation, node, things):
        match leaf:
            case tree.Items():
                yield leaf.list[-1], UNKNOWN
            case tree.Fact():
                yield _name(leaf, bound), say_value(leaf, evaluation, bound, lang)
            case tree.DecisionValue():
                said = say_value(leaf, evaluation, bound, lang)
                if _is_overridden(evaluation, leaf, bound):
                    said = WORDS["overridden"][lang].format(said)
                yield _name(leaf, bound), said
            case tree.Parameter():
                yield leaf.name, say_value(leaf, evaluation, bound, lang)


def decisions_read(evaluation: Evaluation, node: object, things: Things) -> Iterator[DecisionKey]:
    """Yield the decisions that a node reads, some perhaps twice."""
    for leaf, bound in _leaves(evaluation, node, things):
        if isinstance(leaf, tree.DecisionValue):
            yield _key(leaf, bound)


def _is_overridden(evaluation: Evaluation, leaf: tree.DecisionValue, things: Things) -> bool:
    """Tell whether what is read of a decision is what a person has decided."""
    key = _key(leaf, things)
    override = evaluation.overrides.get(key)
    return override is not None and state_of(override, evaluation.by_rules(*key)) == "stands"


def _key(leaf: tree.DecisionValue, things: Things) -> DecisionKey:
    return leaf.name, None if leaf.variable is None else things[leaf.variable].id


def _leaves(
    evaluation: Evaluation, node: object, things: Things
) -> Iterator[tuple[object, Things]]:
    """Yield what a node reads, with the things that its variables stand for.

    What is asked of a list is read of each thing in it; a list that is unknown is read itself.
    """
    if isinstance(node, tree.Fact | tree.DecisionValue | tree.Parameter):
        yield node, things
        return
    below = list(parts(node))
    items = next((part for part in below if isinstance(part, tree.Items)), None)
    if items is None:
        for part in below:
            yield from _leaves(evaluation, part, things)
        return
    asked = [part for part in (items.condition, *below) if part not in (None, items)]
    listed = evaluation.things(items.list)
    if listed is None:
        yield items, things
    for thing in listed or ():
        for part in asked:
            yield from _leaves(evaluation, part, {**things, items.variable: thing})


def _name(leaf: tree.Fact | tree.DecisionValue, things: Things) -> str:
    inside = ".".join(leaf.path) if isinstance(leaf, tree.Fact) else leaf.name
    if leaf.variable is None:
        return inside
    thing = things[leaf.variable]
    return name_in(thing.list[-1], thing.id, inside)
