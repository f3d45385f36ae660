"""What is known: the classes of facts, the vocabulary read off them, and reading them."""

from b2brules.facts.account import Account, Competency
from b2brules.facts.action import Action
from b2brules.facts.competitor import Competitor
from b2brules.facts.cost_item import CostItem
from b2brules.facts.document import read_document, read_lines, read_pipeline
from b2brules.facts.event import Event
from b2brules.facts.filling import fill
from b2brules.facts.marks import Marks
from b2brules.facts.need import Need
from b2brules.facts.opportunity import Opportunity
from b2brules.facts.person import Person
from b2brules.facts.problems import FactsError, Problem
from b2brules.facts.reading import read, read_many
from b2brules.facts.types import NEVER, Money, Never
from b2brules.facts.vocabulary import Fact, OwnFact, Vocabulary

__all__ = [
    "NEVER",
    "Account",
    "Action",
    "Competency",
    "Competitor",
    "CostItem",
    "Event",
    "Fact",
    "FactsError",
    "Marks",
    "Money",
    "Need",
    "Never",
    "Opportunity",
    "OwnFact",
    "Person",
    "Problem",
    "Vocabulary",
    "fill",
    "read",
    "read_document",
    "read_lines",
    "read_many",
    "read_pipeline",
]
