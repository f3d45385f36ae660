"""The customer's company, and what we know of its needs, costs and judgement of us."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Literal, TypeAlias

from attrs import frozen

from b2brules.facts.fields import fact
from b2brules.facts.types import Money, Never

Horizon: TypeAlias = Literal["within_3_months", "from_3_to_12_months", "from_1_to_3_years"]
CompetencyName: TypeAlias = Literal[
    "bidding", "quality", "billing", "communication", "safety", "sustainability"
]
RatedBy: TypeAlias = Literal["customer", "ourselves"]
AccountKind: TypeAlias = Literal["enterprise", "government", "military", "institution"]
OurFunction: TypeAlias = Literal["marketing", "finance", "innovation", "service", "sales"]
Size: TypeAlias = Literal["small", "medium", "large"]


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
        "Is {name} a lead that sales can follow up now?",
        "“{name}”是不是一条现在就可以跟进的销售线索？",
    )
    capability_gap: bool | None = fact(
        "Does {name} ask for something that we cannot do yet?",
        "“{name}”是否需要我们目前还不具备的能力？",
    )
    project_started: bool | None = fact(
        "Have we started a project to be able to do {name}?",
        "为了补上“{name}”所需的能力，我们是否已经立项？",
    )


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


@frozen(kw_only=True)
class Competency:
    """How well we do one of the six things that business customers look for."""

    id: CompetencyName = fact(
        "Which of the six competencies is {name}?",
        "{name}是六项能力中的哪一项？",
        required=True,
        labels={
            "bidding": "招标和销售流程",
            "quality": "产品和服务质量",
            "billing": "计费和定价",
            "communication": "沟通",
            "safety": "安全性",
            "sustainability": "可持续性和社会责任",
        },
    )
    rating: Decimal | None = fact(
        "How well do we do in {name}, from 1 (badly) to 5 (very well)?",
        "我们在{name}上做得如何，1（很差）到 5（很好）？",
        minimum=1,
        maximum=5,
    )
    importance: Decimal | None = fact(
        "How much does {name} matter to the customer, from 1 (little) to 5 (very much)?",
        "{name}对客户有多重要，1（不重要）到 5（非常重要）？",
        minimum=1,
        maximum=5,
    )
    rated_by: RatedBy | None = fact(
        "Who rated {name}: the customer, or ourselves?",
        "{name}的评分由谁给出：客户，还是我们自己？",
        labels={"customer": "客户评分", "ourselves": "自评"},
    )
    measured: bool | None = fact(
        "Is {name} measured regularly, with figures?", "{name}是否有定期的量化测量？"
    )
    linked_to_results: bool | None = fact(
        "Do we know how {name} bears on what the customer buys from us?",
        "{name}对客户采购结果的影响，我们是否有数据？",
    )


@frozen(kw_only=True)
class Account:
    """The customer's company. Amounts in it are in its own currency, else in the deal's."""

    id: str | None = fact(
        "Under which id is the customer kept in your system?",
        "客户在你们系统里的编号是什么？",
        form="id",
    )
    name: str | None = fact("What is the customer called?", "客户叫什么名称？")
    industry: str | None = fact("Which industry is the customer in?", "客户属于哪个行业？")
    currency: str | None = fact(
        "In which currency are the customer's amounts? (three capital letters, such as CNY)",
        "客户的金额用哪种货币？（三个大写字母，如 CNY）",
        form="currency",
    )
    kind: AccountKind | None = fact(
        "What kind of organisation is the customer?",
        "客户属于哪类组织？",
        labels={
            "enterprise": "企业",
            "government": "政府",
            "military": "军队",
            "institution": "事业单位",
        },
    )
    size: Size | None = fact(
        "How large is the customer?",
        "客户的规模有多大？",
        labels={"small": "小型", "medium": "中型", "large": "大型"},
    )
    headcount: int | None = fact(
        "How many people work for the customer?",
        "客户有多少员工？",
        unit="people",
        minimum=0,
    )
    incidents_recorded: bool | None = fact(
        "Do we record accidents and near misses in our work for this customer? (false: we asked, "
        "and nobody does)",
        "在为这个客户的工作中，我们是否记录事故和险情？（false：问过，没有记录）",
    )
    functions_involved: frozenset[OurFunction] | None = fact(
        "Which of our functions work together on how this customer sees us? (an empty list, []: "
        "none)",
        "我方哪些职能部门共同负责提升这个客户的感受？（空列表 [] 表示一个也没有）",
        labels={
            "marketing": "市场营销",
            "finance": "财务",
            "innovation": "创新",
            "service": "服务",
            "sales": "销售",
        },
    )
    approval_abroad: bool | None = fact(
        "Does a purchase like this need approval from a parent company or head office abroad?",
        "这类采购是否需要境外母公司或总部批准？",
    )
    safety_critical: bool | None = fact(
        "Can a mistake in our work injure somebody at the customer's?",
        "我们工作中的失误会不会造成客户现场的人身安全事故？",
    )
    revenue_score: Decimal | None = fact(
        "How does the customer score for revenue with us, 0 to 10?",
        "客户的营销额打几分（0 到 10）？",
        unit="points",
        minimum=0,
        maximum=10,
    )
    potential_score: Decimal | None = fact(
        "How does the customer score for potential, 0 to 10?",
        "客户的潜力打几分（0 到 10）？",
        unit="points",
        minimum=0,
        maximum=10,
    )
    demonstration_score: Decimal | None = fact(
        "How does the customer score as an example that others follow, 0 to 10?",
        "客户的示范作用打几分（0 到 10）？",
        unit="points",
        minimum=0,
        maximum=10,
    )
    winnability_score: Decimal | None = fact(
        "How does the customer score for whether we can win and do the work, 0 to 10?",
        "能赢能做打几分（0 到 10）？",
        unit="points",
        minimum=0,
        maximum=10,
    )
    rank_in_industry: int | None = fact(
        "Which place has the customer among the accounts we score in its industry? (1 = first)",
        "在我们打分的同行业客户中，该客户排第几？（1 表示第一）",
        minimum=1,
    )
    selected_by_revenue_only: bool | None = fact(
        "Was the customer chosen as a key account by past revenue alone?",
        "这个客户是不是只凭过去的营销额被选为大客户？",
    )
    last_importance_review: datetime.date | Never | None = fact(
        "When was the customer's importance last reviewed? (never: it has not been)",
        "上一次评估客户重要程度是哪一天？（never：从未评估）",
    )
    last_needs_review: datetime.date | Never | None = fact(
        "When were the customer's needs and our own capability last reviewed? (never: they have "
        "not been)",
        "上一次评估客户需求与自身能力是哪一天？（never：从未评估）",
    )
    last_closeness_review: datetime.date | Never | None = fact(
        "When was the closeness of the relationship last reviewed? (never: it has not been)",
        "上一次评估客户关系紧密度是哪一天？（never：从未评估）",
    )
    last_annual_assessment: datetime.date | Never | None = fact(
        "When was the last annual assessment of the account? (never: there was none)",
        "上一次年度评估和考核是哪一天？（never：从未做过）",
    )
    customers_in_segment: int | None = fact(
        "How many customers are there with the same costs as this one, itself included?",
        "与该客户有同样成本的客户一共有多少家（含该客户）？",
        unit="customers",
        minimum=0,
    )
    needs: tuple[Need, ...] | None = fact(
        "What will the customer need, in the next months and years?",
        "客户未来几个月、几年有哪些需求？",
    )
    cost_items: tuple[CostItem, ...] | None = fact(
        "Which costs of the customer's could our product lower?",
        "客户有哪些成本是我们的产品可以降低的？",
    )
    competencies: tuple[Competency, ...] | None = fact(
        "How well do we do in the six things that business customers look for?",
        "在企业客户看重的六项能力上，我们做得如何？",
    )
