"""Files with a team's own values for parameters: ``frontal_superiority: 4``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import evolve

from b2brules.facts.scalars import plain_value
from b2brules.facts.values import RefusedError, shown
from b2brules.language import suggestion
from b2brules.ruleset import envelope
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.envelope import read_lines, read_tree
from b2brules.ruleset.files import read_file
from b2brules.ruleset.model import Parameter
from b2brules.ruleset.parameters import accept_value
from b2brules.ruleset.shape import as_mapping

_BEGIN = "the name of a parameter and its value, such as `frontal_superiority: 4`"


def override_by_file(
    parameters: Mapping[str, Parameter], path: Path, findings: Findings
) -> dict[str, Parameter]:
    """Put the values of a file in the place of those that the rules give.

    A value is a number, or for an amount also ``{amount: 20000, currency: CNY}`` or ``20000 CNY``.

    Returns:
        The parameters in force; what is wrong with the file has been reported.
    """
    result = dict(parameters)
    file = read_file(path, path.name, findings)
    lines = None if file is None else read_lines(file.path, file.data, findings)
    tree = None if lines is None else read_tree(str(path), lines, findings, begin=_BEGIN)
    root = None if tree is None else as_mapping(tree, "a file of parameters", findings)
    for key, node in () if root is None else root.entries:
        name = key.text.text
        parameter = parameters.get(name)
        if parameter is None:
            if not findings.has_lost(name):
                findings.report(
                    key.place,
                    code="unknown-parameter",
                    message=f"{shown(name)} is not a parameter of these rules",
                    help=suggestion(name, parameters) or "`b2brules rules` shows what there is",
                )
            continue
        try:
            result[name] = evolve(parameter, value=accept_value(parameter, _plain(node)))
        except RefusedError as refusal:
            for refused in refusal.messages:
                message, _, help = refused.partition("; ")
                findings.report(
                    node.place,
                    code="parameter-value",
                    message=f"`{name}`: {message}",
                    help=help or None,
                )
    return result


def _plain(node: envelope.Node) -> object:
    if isinstance(node, envelope.Scalar):
        text = node.text.text
        return text if node.quoted else plain_value(text)
    if isinstance(node, envelope.Mapping):
        return {key.text.text: _plain(value) for key, value in node.entries}
    return [_plain(item) for item in node.items]
