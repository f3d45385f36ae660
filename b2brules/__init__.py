"""Declarative decision support for B2B sales: what is known about a deal, into what to do next."""

from b2brules.advice.model import Advice, Decision, Proof, Question, Recommendation
from b2brules.facts import (
    NEVER,
    Account,
    Action,
    Competency,
    Competitor,
    CostItem,
    Event,
    Marks,
    Money,
    Need,
    Opportunity,
    Person,
)
from b2brules.facts.problems import FactsError, Problem
from b2brules.rulebook import Rulebook, load_rulebook
from b2brules.ruleset.diagnostics import Diagnostic, RulebookError
from b2brules.ruleset.parameters import ParameterError

__all__ = [
    "NEVER",
    "Account",
    "Action",
    "Advice",
    "Competency",
    "Competitor",
    "CostItem",
    "Decision",
    "Diagnostic",
    "Event",
    "FactsError",
    "Marks",
    "Money",
    "Need",
    "Opportunity",
    "ParameterError",
    "Person",
    "Problem",
    "Proof",
    "Question",
    "Recommendation",
    "Rulebook",
    "RulebookError",
    "load_rulebook",
]
