"""One of the customer's costs: how high, whether it comes back, how much of it we could take."""

from __future__ import annotations

from attrs import frozen

from b2brules.facts.fields import fact
from b2brules.facts.types import Money


@frozen(kw_only=True)
class CostItem:
    """One of the customer's costs that our product could lower."""

    id: str = fact(
        "By which short id does this document refer to the cost {name}?",
        "本文件用哪个简短的编号指代成本项“{name}”？",
        form="id",
        required=True,
    )
    name: str | None = fact(
        "What does the customer call the cost {name}?", "客户把“{name}”叫作什么？"
    )
    annual_cost: Money | None = fact(
        "What does {name} cost the customer in a year?", "“{name}”一年要花客户多少钱？"
    )
    high: bool | None = fact(
        "Is {name} one of the customer's high costs?", "“{name}”是不是客户的高额成本？"
    )
    recurring: bool | None = fact(
        "Does {name} come back year after year?", "“{name}”是不是年年都要发生？"
    )
    addressable: Money | None = fact(
        "How much of {name} in a year could our product take over or save?",
        "“{name}”每年有多少可以由我们的产品承接或节省？",
    )
