"""The customer's company, and what we know of its needs, costs and judgement of us."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Literal, TypeAlias

from attrs import frozen

from b2brules.facts.cost_item import CostItem
from b2brules.facts.fields import fact
from b2brules.facts.need import Need
from b2brules.facts.types import Never

CompetencyName: TypeAlias = Literal[
    "bidding", "quality", "billing", "communication", "safety", "sustainability"
]
RatedBy: TypeAlias = Literal["customer", "ourselves"]
AccountKind: TypeAlias = Literal["enterprise", "government", "military", "institution"]
OurFunction: TypeAlias = Literal["marketing", "finance", "innovation", "service", "sales"]
Size: TypeAlias = Literal["small", "medium", "large"]
CentreUnit: TypeAlias = Literal["presales", "testing", "delivery", "after_sales", "development"]
RankingGroup: TypeAlias = Literal["industry", "kind", "everybody"]
Responsible: TypeAlias = Literal["region", "headquarters"]
DirectorSupport: TypeAlias = Literal["experts", "solutions", "budget", "coaching"]
EspStep: TypeAlias = Literal[
    "not_begun",
    "identify",
    "plan",
    "choose_strategy",
    "implant_value",
    "assess_and_plan_actions",
    "carry_out",
    "assess_the_year",
]
PlanElement: TypeAlias = Literal[
    "ultimate_goal", "short_term_goal", "strategy", "actions", "resources", "test"
]
AdvantagePlanned: TypeAlias = Literal["relationship", "solution"]
RelationshipMap: TypeAlias = Literal[
    "customer_relationships",
    "our_relationship_resources",
    "decision_chain",
    "competitor_relationships",
]
ValueDocumentPart: TypeAlias = Literal[
    "solution", "business_value", "top_two_solution", "top_two_strength"
]


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
    focus_industry: bool | None = fact(
        "Is the customer in an industry that our company has chosen to focus on? (false: it is "
        "not on the list)",
        "客户所在行业是不是公司确定的重点行业？（false：查过，不是）",
    )
    centre_units: frozenset[CentreUnit] | None = fact(
        "Which of our units work under one head for this industry? (an empty list, []: each "
        "reports to its own department)",
        "针对这个行业，我们哪些队伍已经归到同一个负责人之下？（空列表 [] 表示仍分属各部门）",
        labels={
            "presales": "售前",
            "testing": "测试",
            "delivery": "交付",
            "after_sales": "售后",
            "development": "二次开发",
        },
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
    # How the account is managed: who it is, who answers for it, how, and with which plan.
    ranking_group: RankingGroup | None = fact(
        "Against which accounts was the customer ranked: those of its industry, those of its kind, "
        "or everybody?",
        "客户是在什么范围内排名的：同行业、同类型，还是全部客户混排？",
        labels={"industry": "同行业", "kind": "同类型", "everybody": "全部客户混排"},
    )
    target_raised_after_good_year: bool | None = fact(
        "Was this year's target for the account raised because last year was good?",
        "今年的营销指标，是不是因为去年业绩好才上调的？",
    )
    existing: bool | None = fact(
        "Did the region serve this customer before key accounts were managed? (false: it is new)",
        "建立大客户管理之前，该客户是否已由地区营销负责（存量客户）？（false：新客户）",
    )
    responsible: Responsible | None = fact(
        "Who is responsible for the account: the region or headquarters?",
        "该客户由谁直接负责：地区营销，还是大客户管理总部？",
        labels={"region": "地区营销", "headquarters": "大客户管理总部"},
    )
    reports_to_director: bool | None = fact(
        "Does the regional seller report on this account to the key-account director?",
        "负责该客户的地区营销，是否向大区大客户总监汇报？",
    )
    director_manages_directly: bool | None = fact(
        "Does the key-account director run this account personally?",
        "大区大客户总监是否亲自直接管理该客户？",
    )
    director_provides: frozenset[DirectorSupport] | None = fact(
        "What does the key-account director provide for this account? (an empty list, []: nothing)",
        "大区大客户总监为该客户提供了哪些支持？（空列表 [] 表示没有）",
        labels={"experts": "专家", "solutions": "方案", "budget": "预算", "coaching": "指导和培训"},
    )
    results_counted_twice: bool | None = fact(
        "Do the account's results count for both the region and headquarters?",
        "该客户的营销业绩是否在地区和总部双算？",
    )
    handover_defined: bool | None = fact(
        "Is it agreed where managing the account ends and managing a deal begins, and who is "
        "credited with what?",
        "大客户管理与营销过程管理的边界，以及业绩和责任的分解，是否已经约定？",
    )
    owner_named: bool | None = fact(
        "Is there one person by name who is responsible for the account?",
        "是否指定了一个人对该客户负责？",
    )
    seller_qualified: bool | None = fact(
        "Can the responsible seller do what this account asks for? (false: we looked into it, and "
        "not yet)",
        "负责该客户的营销人员是否胜任？（false：评估过，目前还不够）",
    )
    mechanism_qualified: bool | None = fact(
        "Does our way of managing key accounts work for this account? (false: we looked into it, "
        "and it does not)",
        "现行的大客户管理机制对该客户是否有效？（false：检查过，没起作用）",
    )
    esp_step: EspStep | None = fact(
        "Which of the seven steps of key-account management did we complete last for this account?",
        "大客户管理的七个步骤中，该客户最近完成的是哪一步？",
        labels={
            "not_begun": "尚未开始",
            "identify": "客户识别",
            "plan": "做规划",
            "choose_strategy": "定策略和选战术",
            "implant_value": "价值植入",
            "assess_and_plan_actions": "现状评估和行动计划",
            "carry_out": "贯彻执行",
            "assess_the_year": "评估和考核",
        },
    )
    plan_exists: bool | None = fact(
        "Is there a written plan for the account?", "该客户有没有书面的大客户规划？"
    )
    plan_elements: frozenset[PlanElement] | None = fact(
        "Which of its six elements does the account plan have? (an empty list, []: none)",
        "大客户规划写了六个要素中的哪些？（空列表 [] 表示都没有）",
        labels={
            "ultimate_goal": "终极目标",
            "short_term_goal": "短期目标",
            "strategy": "战略",
            "actions": "行动",
            "resources": "资源",
            "test": "测试",
        },
    )
    plan_covers: frozenset[AdvantagePlanned] | None = fact(
        "In what does the plan say how we get ahead and keep rivals out? (an empty list, []: it "
        "does not say)",
        "规划写明了在哪些方面建立自身优势、隔绝竞争对手？（空列表 [] 表示都没写）",
        labels={"relationship": "关系", "solution": "方案"},
    )
    plan_updated_on: datetime.date | Never | None = fact(
        "On which day was the account plan last changed? (never: not since it was written)",
        "大客户规划上一次更新是哪一天？（never：写好后从未更新）",
    )
    relationship_ahead: bool | None = fact(
        "Is our relationship with the customer better than any rival's? (false: we compared, and "
        "it is not)",
        "我们与客户的关系是否领先于所有对手？（false：比较过，没有领先）",
    )
    solution_ahead: bool | None = fact(
        "Does the customer see our solution ahead of the rivals'? (false: we asked, and they do "
        "not)",
        "在客户眼里，我们的方案是否领先于对手？（false：了解过，没有领先）",
    )
    rival_relationship_contained: bool | None = fact(
        "Is there nobody important here to whom a rival is closer than we are? (false: we know "
        "somebody)",
        "是否没有哪位重要人物与对手走得比与我们更近？（false：知道有这样的人）",
    )
    rival_solution_behind: bool | None = fact(
        "By the customer's criteria, do the rivals' solutions come out behind ours? (false: we "
        "compared, and they do not)",
        "按客户的决策标准，对手的方案是否处于劣势？（false：比较过，并非劣势）",
    )
    maps: frozenset[RelationshipMap] | None = fact(
        "Which of the four maps of relationships have we drawn? (an empty list, []: none)",
        "四张企业关系图谱画了哪些？（空列表 [] 表示都没画）",
        labels={
            "customer_relationships": "客户关系图谱",
            "our_relationship_resources": "企业关系资源图谱",
            "decision_chain": "项目决策链",
            "competitor_relationships": "竞争对手关系资源图谱",
        },
    )
    value_document: frozenset[ValueDocumentPart] | None = fact(
        "What does the value document for this customer state? (an empty list, []: there is none)",
        "给该客户的价值文档写了哪些内容？（空列表 [] 表示还没有文档）",
        labels={
            "solution": "采用的方案",
            "business_value": "业务价值",
            "top_two_solution": "与前两名对手的方案对比",
            "top_two_strength": "与前两名对手的软硬件实力对比",
        },
    )
    compared_with_top_two: bool | None = fact(
        "Does the value document for this customer compare us with the two main rivals?",
        "给该客户的价值文档有没有与前两名竞争对手做对比？",
    )
    last_visit: datetime.date | Never | None = fact(
        "When did we last visit the customer? (never: we have not)",
        "上一次拜访客户是哪一天？（never：从未拜访）",
    )
    unit_model_analysed: bool | None = fact(
        "Have we worked out the customer's costs per unit, such as a branch, an order or a head?",
        "是否分析过客户的单元模型，例如单店、单笔订单、人均的成本？",
    )
    fill_representative: bool | None = fact(
        "Have we checked at other customers of the segment that we could take over as much there? "
        "(false: it is a guess from this customer)",
        "是否在同类客户中核实过，别家也能承接这么多？（false：只是按这一家推算）",
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
