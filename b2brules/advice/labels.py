"""What people call the fixed words of advice: owners, kinds of action and bases."""

from __future__ import annotations

from collections.abc import Mapping

from b2brules.ruleset.model import Language

_LABELS: Mapping[str, Mapping[Language, str]] = {
    # owners
    "account_manager": {"en": "Account manager", "zh": "客户经理"},
    "sales_manager": {"en": "Sales manager", "zh": "销售经理"},
    "presales": {"en": "Presales", "zh": "售前"},
    "delivery": {"en": "Delivery", "zh": "交付"},
    "executive_sponsor": {"en": "Executive sponsor", "zh": "我方高层"},
    "product": {"en": "Product", "zh": "产品"},
    # PRIME
    "prove": {"en": "prove the value", "zh": "证明价值"},
    "retrieve": {"en": "retrieve information", "zh": "补齐信息"},
    "insulate": {"en": "insulate from rivals", "zh": "隔离对手"},
    "minimize": {"en": "minimize a weakness", "zh": "弱化劣势"},
    "emphasize": {"en": "emphasize a strength", "zh": "突出优势"},
    # bases
    "sourced": {"en": "sourced", "zh": "有出处"},
    "inferred": {"en": "inferred", "zh": "推断"},
    "ours": {"en": "ours", "zh": "本项目约定"},
}


def label(word: str, lang: Language) -> str:
    """Return what to call an owner, a kind of action or a basis."""
    return _LABELS[word][lang]
