"""Something that we have planned to do in the deal."""

from __future__ import annotations

import datetime
from typing import Literal, TypeAlias

from attrs import frozen

from b2brules.facts.fields import fact

Prime: TypeAlias = Literal["prove", "retrieve", "insulate", "minimize", "emphasize"]


@frozen(kw_only=True)
class Action:
    """A planned action with its owner and day."""

    id: str = fact(
        "By which short id does this document refer to {name}?",
        "本文件用哪个简短的编号指代{name}？",
        form="id",
        required=True,
    )
    title: str | None = fact("What is to be done in {name}?", "{name}具体要做什么？")
    owner: str | None = fact("Who on our side answers for {name}?", "{name}由我方谁负责？")
    prime: Prime | None = fact(
        "What is {name} for: to prove value, retrieve information, insulate against competitors, "
        "minimize a weakness or emphasize a strength?",
        "{name}的目的是什么：证明价值、补齐信息、隔离对手、弱化劣势，还是突出优势？",
        labels={
            "prove": "证明价值",
            "retrieve": "补齐信息",
            "insulate": "隔离对手",
            "minimize": "弱化劣势",
            "emphasize": "突出优势",
        },
    )
    due: datetime.date | None = fact(
        "By which day is {name} to be done?", "{name}应在哪一天之前完成？"
    )
    done: bool | None = fact("Is {name} done?", "{name}是否已经完成？")
    for_person: str | None = fact(
        "Which of the people listed is {name} meant for? (the id; leave blank if it is for nobody "
        "in particular)",
        "{name}是针对名单中哪一位的？（填编号；不针对某个人请留空）",
        reference="people",
    )
