"""A person at the customer: role, standing, attitude to us."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen

from b2brules.facts.fields import fact
from b2brules.facts.values import RefusedError

Function: TypeAlias = Literal[
    "engineering",
    "production",
    "finance",
    "purchasing",
    "union",
    "it",
    "sales",
    "operations",
    "warehouse",
    "customer_service",
    "executive",
    "other",
]
Layer: TypeAlias = Literal["frontline", "middle", "executive"]
Role: TypeAlias = Literal[
    "initiator", "user", "influencer", "decider", "approver", "buyer", "gatekeeper", "evaluator"
]
Support: TypeAlias = Literal["enemy", "non_supporter", "neutral", "supporter", "mentor"]
PoliticalStatus: TypeAlias = Literal["outside", "political_structure", "inner_circle"]
Coverage: TypeAlias = Literal["none", "brief", "multiple", "in_depth"]
Adaptability: TypeAlias = Literal["laggard", "conservative", "pragmatist", "visionary", "innovator"]
DecisionOrientation: TypeAlias = Literal["financial", "technical", "relationship", "business"]
BuyingPreference: TypeAlias = Literal["cheapest", "all_round", "best"]
RiskAttitude: TypeAlias = Literal["averse", "neutral", "seeking"]
PersonalWin: TypeAlias = Literal["pay", "promotion", "recognition", "achievement"]

LAYER_LABELS = {"frontline": "基层", "middle": "中层", "executive": "高层"}
ROLE_LABELS = {
    "initiator": "发起者",
    "user": "使用者",
    "influencer": "影响者",
    "decider": "决策者",
    "approver": "批准者",
    "buyer": "采购者",
    "gatekeeper": "把关者",
    "evaluator": "评估者",
}


@frozen(kw_only=True)
class Person:
    """A person at the customer who has a part in the purchase."""

    id: str = fact(
        "By which short id does this document refer to {name}?",
        "本文件用哪个简短的编号指代{name}？",
        form="id",
        required=True,
    )
    name: str | None = fact("What is the name of {name}?", "{name}叫什么名字？")
    title: str | None = fact("What is {name}'s job title?", "{name}的职务是什么？")
    function: Function | None = fact(
        "Which function does {name} work in?",
        "{name}属于哪个职能部门？",
        labels={
            "engineering": "技术",
            "production": "生产",
            "finance": "财务",
            "purchasing": "采购",
            "union": "工会",
            "it": "信息化",
            "sales": "销售",
            "operations": "运营",
            "warehouse": "仓管",
            "customer_service": "客服",
            "executive": "高层管理",
            "other": "其他",
        },
    )
    layer: Layer | None = fact(
        "On which level does {name} work?",
        "{name}处在哪个层级？",
        labels=LAYER_LABELS,
    )
    roles: frozenset[Role] | None = fact(
        "Which parts does {name} play in this purchase?",
        "{name}在这次采购中担任哪些角色？",
        labels=ROLE_LABELS,
    )
    support: Support | None = fact(
        "Where does {name} stand: against us, or for us? (neutral: we asked, and {name} is "
        "undecided; leave blank if we do not know)",
        "{name}对我们是什么态度？（neutral：了解过，确实中立；不了解请留空）",
        labels={
            "enemy": "反对者",
            "non_supporter": "不支持者",
            "neutral": "中立者",
            "supporter": "支持者",
            "mentor": "指导者（死党）",
        },
    )
    political_status: PoliticalStatus | None = fact(
        "How near to power is {name}: one of the few who control the outcome, one whom they trust "
        "to make things happen, or outside? (leave blank if we do not know)",
        "{name}离权力核心有多近：是左右结果的少数人、他们信任的办事人，还是圈外人？（不了解请留空）",
        labels={
            "outside": "圈外",
            "political_structure": "权力结构内",
            "inner_circle": "核心圈",
        },
    )
    coverage: Coverage | None = fact(
        "How much contact have we had with {name}?",
        "我们与{name}接触到什么程度？",
        labels={
            "none": "未接触",
            "brief": "简单接触",
            "multiple": "多次接触",
            "in_depth": "深入接触",
        },
    )
    adaptability: Adaptability | None = fact(
        "How does {name} take to new things?",
        "{name}对新事物的接受程度如何？",
        labels={
            "laggard": "落伍者",
            "conservative": "保守者",
            "pragmatist": "实用主义者",
            "visionary": "远见者",
            "innovator": "创新者",
        },
    )
    decision_orientation: DecisionOrientation | None = fact(
        "What does {name} look at first when deciding?",
        "{name}做决定时最看重什么？",
        labels={
            "financial": "看重财务",
            "technical": "看重技术",
            "relationship": "看重关系",
            "business": "看重业务",
        },
    )
    reports_to: str | None = fact(
        "To which of the people listed does {name} report? (the id)",
        "{name}向名单中的哪一位汇报？（填编号）",
        reference="people",
    )
    influences: frozenset[str] | None = fact(
        "Whose opinion does {name} sway? (ids)",
        "{name}能影响名单中哪些人的看法？（填编号）",
        reference="people",
    )
    conflicts_with: frozenset[str] | None = fact(
        "With whom of the people listed is {name} at odds? (ids)",
        "{name}与名单中哪些人有矛盾？（填编号）",
        reference="people",
    )
    has_veto: bool | None = fact(
        "Can {name} alone stop the purchase?",
        "{name}是否可以一票否决？",
    )
    claims_authority: bool | None = fact(
        "Does {name} claim to be the one who decides?",
        "{name}是否自称说了算？",
    )
    authority_verified: bool | None = fact(
        "Has someone other than {name} confirmed that {name} decides or approves? (false: we asked "
        "others, and they did not; leave blank if not asked yet)",
        "除{name}本人以外，有没有别人证实{name}有权拍板或批准？（false：问过别人，没有证实；还没问请留空）",
    )
    work_exposed: bool | None = fact(
        "Does our product show up {name}'s own work, so that a company's problem could look like "
        "{name}'s fault?",
        "我们的产品会不会把{name}本人的工作暴露出来，让公司的问题看起来像是{name}的责任？",
    )
    metric_served: bool | None = fact(
        "Does our offer help {name} reach the figure {name} is measured by? (false: we asked, and "
        "it does not)",
        "我们的方案能不能帮{name}完成考核指标？（false：问过，不能；还没问请留空）",
    )
    industry_voice: bool | None = fact(
        "Do others in the industry listen to {name}?",
        "{name}在行业里是否有话语权（意见领袖）？",
    )
    operating_metric: str | None = fact(
        "By which figure is {name} measured?",
        "{name}的经营指标（考核指标）是什么？",
    )
    criteria: str | None = fact(
        "By what does {name} choose, in {name}'s own words?",
        "用{name}自己的话说，选择的标准是什么？",
    )
    buying_preference: BuyingPreference | None = fact(
        "What does {name} look for in a purchase: the cheapest, one that does everything, or the "
        "best?",
        "{name}买东西追求什么：便宜、全能，还是最好？",
        labels={"cheapest": "追求便宜", "all_round": "追求全能", "best": "追求最好"},
    )
    risk_attitude: RiskAttitude | None = fact(
        "How does {name} take to risk: avoid it, weigh it, or seek it?",
        "{name}对风险是什么态度：回避、权衡，还是愿意冒险？",
        labels={"averse": "回避风险", "neutral": "权衡风险", "seeking": "愿意冒险"},
    )
    personal_wins: frozenset[PersonalWin] | None = fact(
        "What would a successful project bring {name} at work? (what the employer "
        "gives for results; an empty list, []: we asked, and none)",
        "项目做成了，{name}在本职工作上能得到什么？（指单位按业绩给的；[] 表示了解过，没有）",
        labels={
            "pay": "业绩薪酬",
            "promotion": "职务晋升",
            "recognition": "同事认可",
            "achievement": "成就感",
        },
    )

    def __attrs_post_init__(self) -> None:
        problems = self_references(self.id, self.reports_to, self.influences, self.conflicts_with)
        if problems:
            raise RefusedError(*(f"{name}: {message}" for name, message in problems))


def self_references(
    id: object, reports_to: object, influences: object, conflicts_with: object
) -> list[tuple[str, str]]:
    """The facts by which a person would report to, sway or be at odds with themselves."""
    problems = []
    if reports_to is not None and reports_to == id:
        problems.append(("reports_to", f"`{id}` cannot report to themselves"))
    if isinstance(influences, frozenset | list | tuple) and id in influences:
        problems.append(("influences", f"`{id}` cannot influence themselves"))
    if isinstance(conflicts_with, frozenset | list | tuple) and id in conflicts_with:
        problems.append(("conflicts_with", f"`{id}` cannot be in conflict with themselves"))
    return problems
