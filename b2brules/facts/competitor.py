"""A rival for the order."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Literal

from attrs import frozen

from b2brules.facts.fields import fact
from b2brules.facts.marks import Marks
from b2brules.facts.types import Never


@frozen(kw_only=True)
class Competitor:
    """A rival for the order, or the supplier whom the customer has now."""

    id: str = fact(
        "By which short id does this document refer to {name}?",
        "本文件用哪个简短的编号指代{name}？",
        form="id",
        required=True,
    )
    name: str | None = fact("What is the name of {name}?", "{name}叫什么名称？")
    attacking: bool | None = fact(
        "Is {name} attacking our position now?",
        "{name}目前是否正在进攻我们的阵地？",
    )
    marks: Marks | None = fact(
        "How does {name} stand on the criteria?",
        "{name}在各项评估标准上的情况如何？",
        inside=(
            "How does {name} stand on this criterion: {label}? (plus: in their favour, minus: "
            "against them; leave blank if we do not know)",
            "在“{label}”这一项上，{name}的情况如何？（plus：对他们有利；minus：对他们不利；不了解请留空）",
        ),
    )
    superiority: Decimal | None = fact(
        "How many times as strong as {name} are we, in the customer's eyes? (3 = three to one; "
        "below 1 = {name} is ahead)",
        "在客户眼里，我们的实力是{name}的几倍？（3 表示三比一；小于 1 表示{name}领先）",
        unit="to one",
        minimum=0,
    )
    strategy: (
        Literal["frontal", "flanking", "fragment", "defend", "develop", "disengage"] | None
    ) = fact(
        "Which strategy does {name} seem to follow?",
        "{name}看起来在用哪一种竞争策略？",
        labels={
            "frontal": "正面竞争",
            "flanking": "侧翼竞争",
            "fragment": "分割",
            "defend": "防守",
            "develop": "培育",
            "disengage": "退出",
        },
    )
    last_move: datetime.date | Never | None = fact(
        "On which day did {name} last make a move that we noticed, such as a new price, a new "
        "partner or a visit at the top? (never: none so far)",
        "{name}上一次有动作（降价、找新伙伴、拜访高层等）是哪一天？（never：目前没有）",
    )
