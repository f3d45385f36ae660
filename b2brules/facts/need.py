"""Something that the customer will need: when, whether it is a lead, whether we can do it."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen

from b2brules.facts.fields import fact

Horizon: TypeAlias = Literal["within_3_months", "from_3_to_12_months", "from_1_to_3_years"]


@frozen(kw_only=True)
class Need:
    """Something that the customer will need."""

    id: str = fact(
        "By which short id does this document refer to the need {name}?",
        "本文件用哪个简短的编号指代需求“{name}”？",
        form="id",
        required=True,
    )
    name: str | None = fact(
        "What does the customer need, in a few words, under {name}?",
        "“{name}”具体指什么，请用几个字概括？",
    )
    horizon: Horizon | None = fact(
        "When will the customer need {name}?",
        "客户什么时候需要“{name}”？",
        labels={
            "within_3_months": "3个月以内",
            "from_3_to_12_months": "3至12个月",
            "from_1_to_3_years": "1至3年",
        },
    )
    lead: bool | None = fact(
        "Is {name} a lead: does somebody at the customer's already want it? (false: it is a latent "
        "need, which only we see so far)",
        "“{name}”是不是已有线索，即客户里已经有人想做？（false：还是潜在线索，目前只有我们看到）",
    )
    capability_gap: bool | None = fact(
        "Does {name} ask for something that we cannot do yet?",
        "“{name}”是否需要我们目前还不具备的能力？",
    )
    project_started: bool | None = fact(
        "Has the customer made a project of {name}? (false: we asked, and not yet; leave blank if "
        "not asked)",
        "客户是否已经为“{name}”立项？（false：问过，还没有立项；还没问请留空）",
    )
    deal_opened: bool | None = fact(
        "Have we opened a deal for {name}?",
        "我们是否已经为“{name}”建立商机？",
    )
