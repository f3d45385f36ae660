"""The twenty criteria of target account selling, each in our favour or against us.

The fifth, the compelling event, is a decision of the method and not a mark.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen

from b2brules.facts.fields import fact

Mark: TypeAlias = Literal["plus", "minus"]

LABELS = {"plus": "有利", "minus": "不利"}


@frozen(kw_only=True)
class Marks:
    """What is known of each criterion.

    ``plus`` is known and in our favour, ``minus`` known and against us. In ``competitors`` the
    marks are seen for that competitor.
    """

    # Is there an opportunity?
    project: Mark | None = fact(
        "Do we know what project or application the customer has in mind, who started it and how "
        "it serves the customer's strategy, and does that speak for us?",
        "客户要做什么项目或应用、由谁发起、如何支撑客户的战略，我们是否清楚，并且对我们有利？",
        label=("customer's project", "客户项目"),
        labels=LABELS,
    )
    business_profile: Mark | None = fact(
        "Do we know the customer's business (its products, markets, customers, competitors and "
        "what drives it), and does it speak for a purchase from us?",
        "客户的业务状况（产品、市场、客户、对手、经营驱动力）我们是否清楚，并且对我们有利？",
        label=("business profile", "客户业务状况"),
        labels=LABELS,
    )
    financial_condition: Mark | None = fact(
        "How is the customer doing financially (revenue, profit, outlook): well enough to buy?",
        "客户的财务状况（收入、利润、前景）如何，是否支持这次采购？",
        label=("financial condition", "客户财务状况"),
        labels=LABELS,
    )
    access_to_funds: Mark | None = fact(
        "Is there money for this project: a budget, or a known way to get one, with priority over "
        "other projects?",
        "这个项目有没有钱：是否已有预算，或者有明确的途径申请到预算，并且优先于其他项目？",
        label=("access to funds", "资金来源"),
        labels=LABELS,
    )
    # Can we compete?
    formal_criteria: Mark | None = fact(
        "Do we know the formal decision criteria, their ranking and who wrote them, and do they "
        "favour us?",
        "客户正式的决策标准是什么、如何排序、由谁制定，我们是否清楚，并且对我们有利？",
        label=("formal decision criteria", "正式决策标准"),
        labels=LABELS,
    )
    solution_fit: Mark | None = fact(
        "How well does our solution meet the customer's needs, and does the customer agree?",
        "我们的方案能在多大程度上满足客户的需求，客户是否认可？",
        label=("solution fit", "方案匹配度"),
        labels=LABELS,
    )
    sales_resources: Mark | None = fact(
        "Can we afford the time and people that this sale takes? (minus: the cost of the sale is "
        "high)",
        "打这个单要投入的时间和人力，我们是否承受得起？（minus：销售成本高）",
        label=("sales resources", "销售资源投入"),
        labels=LABELS,
    )
    current_relationship: Mark | None = fact(
        "Is our present relationship with the customer better than each competitor's?",
        "目前我们与客户的关系，是否比每个竞争对手都好？",
        label=("current relationship", "现有客户关系"),
        labels=LABELS,
    )
    unique_business_value: Mark | None = fact(
        "Do we bring a measurable business result, in the customer's own terms, that nobody else "
        "brings?",
        "我们能否带来别人带不来的、用客户自己的语言说得清、可衡量的业务成果？",
        label=("unique business value", "独特业务价值"),
        labels=LABELS,
    )
    # Can we win?
    inside_support: Mark | None = fact(
        "Does somebody inside want us to win, is that person credible there, and able to act for "
        "us?",
        "客户内部有没有人希望我们赢，此人在内部是否有威信，是否有能力为我们出力？",
        label=("inside support", "内部支持"),
        labels=LABELS,
    )
    executive_credibility: Mark | None = fact(
        "Do the executives concerned trust us, and can we get in to see them again?",
        "相关高层是否信任我们，我们能否再次见到他们？",
        label=("executive credibility", "高层信任"),
        labels=LABELS,
    )
    cultural_compatibility: Mark | None = fact(
        "Does the customer's culture, and the way it treats suppliers, suit ours?",
        "客户的企业文化以及对待供应商的方式，与我们是否合拍？",
        label=("cultural compatibility", "文化契合度"),
        labels=LABELS,
    )
    informal_criteria: Mark | None = fact(
        "Do we know how the decision will really be made (the unwritten, personal criteria), and "
        "do they favour us?",
        "实际上会怎么拍板（没写出来的、个人的标准），我们是否清楚，并且对我们有利？",
        label=("informal decision criteria", "非正式决策标准"),
        labels=LABELS,
    )
    political_alignment: Mark | None = fact(
        "Do the most powerful people involved want us to win?",
        "参与其中最有权力的人，是否希望我们赢？",
        label=("political alignment", "政治联盟"),
        labels=LABELS,
    )
    # Is it worth winning?
    short_term_revenue: Mark | None = fact(
        "Is the revenue within the next year worth the effort?",
        "一年以内能带来的收入，是否值得投入？",
        label=("short-term revenue", "短期收入"),
        labels=LABELS,
    )
    future_revenue: Mark | None = fact(
        "Will more revenue follow from this customer later?",
        "以后这个客户还会不会带来更多收入？",
        label=("future revenue", "未来收入"),
        labels=LABELS,
    )
    profitability: Mark | None = fact(
        "Will this order earn enough?",
        "这个订单的利润是否足够？",
        label=("profitability", "盈利能力"),
        labels=LABELS,
    )
    risk: Mark | None = fact(
        "Is the risk of delivering this no greater than usual? (minus: the risk is high)",
        "交付这个项目的风险是否不高于一般水平？（minus：风险高）",
        label=("risk", "风险程度"),
        labels=LABELS,
    )
    strategic_value: Mark | None = fact(
        "Does winning this help us beyond the money: a reference, a market, a partnership?",
        "赢下这一单，除了收入之外对我们有没有战略意义：样板、市场、合作关系？",
        label=("strategic value", "战略价值"),
        labels=LABELS,
    )
