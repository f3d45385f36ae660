"""The deal itself."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Literal, TypeAlias

from attrs import frozen

from b2brules.facts.account import Account
from b2brules.facts.action import Action
from b2brules.facts.competitor import Competitor
from b2brules.facts.event import Event
from b2brules.facts.fields import fact
from b2brules.facts.marks import Marks
from b2brules.facts.person import LAYER_LABELS, ROLE_LABELS, Layer, Person, Role
from b2brules.facts.types import Money, Never
from b2brules.facts.values import RefusedError, shown

Phase: TypeAlias = Literal["selling", "trial", "delivery", "in_use", "lost"]
Incumbent: TypeAlias = Literal["us", "rival", "nobody"]
Change: TypeAlias = Literal["specification", "price", "delivery", "terms", "supplier"]
WarningSignal: TypeAlias = Literal[
    "unreturned_calls",
    "no_information",
    "slanted_criteria",
    "moving_criteria",
    "delays",
    "budget_gone",
    "probing_weaknesses",
    "players_change",
    "meetings_cancelled",
    "meetings_delegated",
    "price_only",
    "no_inside_support",
]
BuyingPhase: TypeAlias = Literal[
    "problem_recognition",
    "general_need",
    "specification",
    "supplier_search",
    "proposals",
    "selection",
    "order_routine",
    "performance_review",
]
OfferBreadth: TypeAlias = Literal["single", "bundle"]
Touchpoint: TypeAlias = Literal[
    "sales_follow_up", "brand_exposure", "product_news", "service_delivery"
]
Contributor: TypeAlias = Literal["sales", "brand", "presales", "delivery", "service"]
ValueStatement: TypeAlias = Literal["cost_lowered", "money_saved", "income_added"]
ImpactScope: TypeAlias = Literal["team", "department", "company", "group"]
ProductKind: TypeAlias = Literal["financial", "people_efficiency", "vertical", "other"]
Difficulty: TypeAlias = Literal["easy", "moderate", "hard"]
CharmFactor: TypeAlias = Literal[
    "economic_benefit",
    "efficiency",
    "organisation",
    "performance",
    "promotion",
    "resource",
    "department_voice",
]
Buffer: TypeAlias = Literal["remarks", "context_figures", "roadmap_agreed"]
OfferElement: TypeAlias = Literal["use_value", "value", "exchange_value"]
FollowOn: TypeAlias = Literal["renewal", "referral", "upsell"]
PublicEvent: TypeAlias = Literal["roadshow", "salon", "forum", "open_class"]
ContactChannel: TypeAlias = Literal["email", "phone", "video", "visit"]
ProjectClass: TypeAlias = Literal["A", "B", "C", "D", "E"]
CustomerMilestone: TypeAlias = Literal[
    "project_approved",
    "budget_released",
    "requirements_fixed",
    "proposals_asked",
    "supplier_chosen",
]
PositionSignal: TypeAlias = Literal[
    "deciders_changed",
    "our_contact_changed",
    "results_doubted",
    "taken_for_granted",
    "operations_changed",
    "tender_announced",
]
PlanElement: TypeAlias = Literal["vision", "goal", "strategy", "actions", "resources", "validation"]
AssessmentWay: TypeAlias = Literal["shared_numbers", "owner_scores"]
SupportLine: TypeAlias = Literal[
    "executives", "solution", "delivery", "product", "testing", "outside_experts"
]
TrackedResult: TypeAlias = Literal["contract", "collection", "profit", "cost", "quality", "cycle"]
LossCause: TypeAlias = Literal["relationship", "support_resources", "price", "product"]


@frozen(kw_only=True)
class Opportunity:
    """A deal that we want to win, with the people, competitors, actions and account in it.

    Every fact may be left out: it is unknown then. A group of facts (``event``, ``marks``,
    ``account``) without a known fact is kept as ``None``.
    """

    id: str | None = fact(
        "Under which id is the deal kept in your system?",
        "商机在你们系统里的编号是什么？",
        form="id",
    )
    name: str | None = fact("What is the deal called?", "商机叫什么名称？")
    stage: str | None = fact(
        "Which stage of your own sales process is the deal in?",
        "商机处在你们销售流程的哪个阶段？",
    )
    currency: str | None = fact(
        "In which currency are the deal's amounts? (three capital letters, such as CNY)",
        "商机的金额用哪种货币？（三个大写字母，如 CNY）",
        form="currency",
    )
    phase: Phase | None = fact(
        "Where does the deal stand: still being sold, on trial, being delivered, in use, or lost?",
        "商机走到了哪一步：销售中、试用中、交付中、已在使用，还是已丢单？",
        labels={
            "selling": "销售中",
            "trial": "试用中",
            "delivery": "交付中",
            "in_use": "使用中",
            "lost": "已丢单",
        },
    )
    amount: Money | None = fact(
        "What is the order worth?", "订单金额是多少？", label=("amount", "订单金额")
    )
    quote: Money | None = fact(
        "What price have we quoted?", "我们的报价是多少？", label=("quote", "报价")
    )
    created: datetime.date | None = fact(
        "On which day was the deal opened?", "商机是哪一天建立的？"
    )
    close_date: datetime.date | None = fact(
        "On which day do we expect the order?", "预计哪一天签单？"
    )
    last_stage_change: datetime.date | Never | None = fact(
        "On which day did the deal last move to another stage? (never: it has not moved)",
        "商机上一次推进阶段是哪一天？（never：从未推进）",
    )
    signed_on: datetime.date | Never | None = fact(
        "On which day was the contract signed? (never: it is not signed)",
        "合同是哪一天签的？（never：还没签）",
    )
    renewal_date: datetime.date | None = fact(
        "On which day does the contract come up for renewal?", "合同哪一天到期续签？"
    )
    incumbent: Incumbent | None = fact(
        "Who does this work for the customer today?",
        "客户目前这项工作由谁来做？",
        label=("incumbent", "现有供应商"),
        labels={"us": "我们", "rival": "竞争对手", "nobody": "无人"},
    )
    under_attack: bool | None = fact(
        "Is a competitor attacking the position that we hold at this customer?",
        "我们在这个客户的阵地，是否正受到竞争对手的进攻？",
    )
    first_purchase: bool | None = fact(
        "Does the customer buy this kind of thing for the first time?",
        "客户是不是第一次采购这类产品？",
    )
    changes: frozenset[Change] | None = fact(
        "What does the customer want changed since the last order? (an empty list, []: nothing)",
        "与上次订单相比，客户想改变什么？（空列表 [] 表示什么都不变）",
        labels={
            "specification": "规格",
            "price": "价格",
            "delivery": "交付",
            "terms": "条款",
            "supplier": "供应商",
        },
    )
    buying_phase: BuyingPhase | None = fact(
        "How far has the customer come with this purchase: noticing the problem, describing the "
        "need, specifying, searching suppliers, asking for proposals, choosing, ordering, or "
        "reviewing the result?",
        "客户的采购走到了哪一步：发现问题、描述需求、确定规格、寻找供应商、征集方案、选定供应商、下单，还是评估效果？",
        labels={
            "problem_recognition": "发现问题",
            "general_need": "描述需求",
            "specification": "确定规格",
            "supplier_search": "寻找供应商",
            "proposals": "征集方案",
            "selection": "选定供应商",
            "order_routine": "下单",
            "performance_review": "评估效果",
        },
    )
    roles_absent: frozenset[Role] | None = fact(
        "Which of the buying roles does nobody hold at this customer's? (only those that we asked "
        "about; an empty list, []: every role has somebody)",
        "这家客户确认没有人担任的采购角色有哪些？（只填核实过的；空列表 [] 表示每种角色都有人）",
        labels=ROLE_LABELS,
    )
    approval_chain_known: bool | None = fact(
        "Do we know every step of the customer's approval, and who takes it? (false: we looked, "
        "and steps are missing; leave blank if nobody has looked yet)",
        "客户内部审批的每一步、每一步由谁批，我们是否清楚？（false：梳理过，还有缺；还没梳理请留空）",
    )
    purchasing_rules_known: bool | None = fact(
        "Do we know the customer's purchasing rules: policy, limits of amount, required procedure? "
        "(false: we checked, and we do not; leave blank if nobody has checked yet)",
        "客户的采购政策、金额限制和规定流程，我们是否清楚？（false：核对过，还不清楚；还没核对请留空）",
    )
    customer_experts_involved: bool | None = fact(
        "Do technical experts or senior managers of the customer take part in the purchase? "
        "(false: we asked, and none does)",
        "客户的技术专家或高级管理者是否参与这次采购？（false：问过，没有；还没问请留空）",
    )
    expert_assigned: bool | None = fact(
        "Have we assigned somebody of equal standing to the customer's experts? (false: nobody "
        "yet)",
        "我方是否已为客户的专家安排对等的人？（false：还没有安排）",
    )
    customer_dominant: bool | None = fact(
        "Is the customer strong enough to dictate terms to its suppliers? (false: we looked, and "
        "it is not)",
        "这家客户对供应商是否强势，能自己定条件？（false：了解过，并不强势；不了解请留空）",
    )
    switching_cost_high: bool | None = fact(
        "Would it cost the customer much to move from one supplier to another? (false: we looked, "
        "and it would not)",
        "客户更换供应商的迁移成本是否很高？（false：了解过，不高；不了解请留空）",
    )
    saving_plan_offered: bool | None = fact(
        "Have we offered the customer a plan of added value and cost savings? (false: not yet)",
        "我们是否已向客户提出增值与成本节省计划？（false：还没有）",
    )
    customers_customer: str | None = fact(
        "Who are the customer's own customers? (in a few words)",
        "客户的客户是谁？（用几个字说明）",
    )
    customer_channel_fits: bool | None = fact(
        "Does the customer have a channel of its own, such as an app, a portal or a counter, in "
        "which our product could run? (false: we looked, and there is none)",
        "客户有没有自有渠道（如应用、门户、柜台）可以嵌入我们的产品？（false：看过，没有；没看过请留空）",
    )
    embedded_in_channel: bool | None = fact(
        "Does our offer place the product inside that channel of the customer's? (false: it does "
        "not)",
        "我们的方案是否把产品嵌入了客户的自有渠道？（false：没有）",
    )
    value_quantified: bool | None = fact(
        "Does every value that our offer states have a figure? (false: at least one has none)",
        "方案里说的每一项价值是否都有数字？（false：至少有一项没有）",
    )
    demands_classified: bool | None = fact(
        "Have the demands of the different roles been sorted, and the common ones drawn out? "
        "(false: not yet)",
        "各个角色的诉求是否已经分类，并抽提出共同的部分？（false：还没有）",
    )
    joint_workshop_held: bool | None = fact(
        "Have the departments that will use the product been in one session over the whole "
        "process? (false: not yet)",
        "要使用产品的各部门，是否一起把整条流程过了一遍？（false：还没有）",
    )
    views_provided: frozenset[Layer] | None = fact(
        "For which levels of users does the product have a view of its own? (an empty list, []: "
        "it shows everybody the same)",
        "产品为哪些层级的使用者提供了专门的视角？（空列表 [] 表示所有人看到的都一样）",
        labels=LAYER_LABELS,
    )
    user_training_planned: bool | None = fact(
        "Is it settled who trains the users, and when? (false: not yet)",
        "使用者的培训由谁做、什么时候做，是否已经定好？（false：还没有）",
    )
    offer_breadth: OfferBreadth | None = fact(
        "Do we offer one service, or several that belong together?",
        "我们提供的是单项服务，还是一揽子服务？",
        labels={"single": "单项服务", "bundle": "一揽子服务"},
    )
    easily_replaced: bool | None = fact(
        "Could the customer replace what we offer with little effort? (false: we looked, and it "
        "could not)",
        "客户是否不费力就能把我们换掉？（false：评估过，不容易；没评估过请留空）",
    )
    touchpoints_mapped: bool | None = fact(
        "Have we listed, from the customer's side, where it meets us? (false: not yet)",
        "我们有没有站在客户的角度，列出客户会在哪些地方接触到我们？（false：还没有）",
    )
    touchpoints_active: frozenset[Touchpoint] | None = fact(
        "At which points do we meet this customer at present? (an empty list, []: at none)",
        "目前我们在哪些触点上持续接触这个客户？（空列表 [] 表示一个也没有）",
        labels={
            "sales_follow_up": "销售跟进",
            "brand_exposure": "品牌曝光",
            "product_news": "新品与创新报道",
            "service_delivery": "服务环节",
        },
    )
    delivery_standardised: bool | None = fact(
        "Is the work on the customer's site done by our service procedure and under our brand? "
        "(false: we looked, and it is not)",
        "现场实施是否按规范的服务流程进行、并有统一的品牌标识？（false：看过，没有做到；没看过请留空）",
    )
    won_credit: frozenset[Contributor] | None = fact(
        "Whom do we credit with winning the order? (an empty list, []: nobody yet)",
        "签下这一单，我们把功劳记在了谁的名下？（空列表 [] 表示还没有记）",
        labels={
            "sales": "销售",
            "brand": "品牌与市场",
            "presales": "售前",
            "delivery": "交付",
            "service": "服务",
        },
    )
    signing_event_held: bool | None = fact(
        "Has the signing been celebrated together with the customer? (false: not yet)",
        "有没有与客户一起举办签约仪式？（false：还没有）",
    )
    signing_news_shared: bool | None = fact(
        "Has somebody of the customer's passed on the news of our cooperation? (false: not yet)",
        "客户方有没有人转发过双方合作的消息？（false：还没有）",
    )
    peers_called: bool | None = fact(
        "Have we called the companies of the same kind in the same region since? (false: not yet)",
        "之后有没有联系同区域的同行企业？（false：还没有）",
    )
    event: Event | None = fact(
        "What do we know of the event that makes the customer act?",
        "促使客户行动的必要事件，我们了解多少？",
    )
    risk_reward_purchase: bool | None = fact(
        "Could the customer still buy without such an event, because the gain outweighs the risk? "
        "(false: we asked, and it would not; leave blank if not asked yet)",
        "即使没有必要事件，客户是否仍可能因为收益大于风险而采购？（false：问过，不会；还没问请留空）",
    )
    marks: Marks | None = fact(
        "How do we stand on the criteria? (plus: known and in our favour, minus: known and against "
        "us; leave blank what we do not know)",
        "各项评估标准上我们的情况如何？（plus：已了解且对我们有利；minus：已了解且对我们不利；不了解请留空）",
    )
    ubv_confirmed: bool | None = fact(
        "Has the customer confirmed our unique business value? (true: they said so themselves; "
        "false: we asked, and they did not; leave blank if not asked yet)",
        "客户是否亲口确认了我们的独特业务价值？（true：客户自己说的；false：问过，客户没有确认；还没问请留空）",
    )
    support_shown: bool | None = fact(
        "Has our inside supporter acted for us, not only spoken? (false: we asked the supporter to "
        "act, and nothing was done; leave blank if not asked yet)",
        "内部支持者是否为我们做了事，而不只是口头支持？（false：请其出力，没有做；还没有提出请求则留空）",
    )
    superiority: Decimal | None = fact(
        "How many times as strong as the best rival are we, in the customer's eyes? (3 = three to "
        "one; below 1 = the rival is ahead)",
        "在客户眼里，我们的实力是最强对手的几倍？（3 表示三比一；小于 1 表示对手领先）",
        unit="to one",
        minimum=0,
        label=("superiority", "优势倍数"),
    )
    superiority_sustainable: bool | None = fact(
        "Will that strength last until the customer decides?",
        "这种优势能不能保持到客户做决定的时候？",
    )
    criteria_changeable: bool | None = fact(
        "Can the customer's criteria, or their order, still be changed?",
        "客户的决策标准或其排序，现在还能不能改变？",
    )
    separable_part: bool | None = fact(
        "Is there a part of the project, split off from the rest, that only we can deliver?",
        "项目里有没有可以单独拆出来、只有我们能交付的部分？",
    )
    decision_delayable: bool | None = fact(
        "Can the customer's decision still be put off?", "客户的决定还能不能往后拖？"
    )
    assessed_on: datetime.date | Never | None = fact(
        "On which day was the deal last assessed with the questionnaire? (never: it has not been)",
        "上一次用问卷评估这个商机是哪一天？（never：从未评估）",
    )
    assessed_with_manager: bool | None = fact(
        "Was the questionnaire filled in together with the manager, not by the seller alone?",
        "问卷是不是与主管一起完成的，而不是销售一个人填的？",
    )
    competitor_entered_on: datetime.date | Never | None = fact(
        "On which day did the last new competitor appear? (never: none has)",
        "最近一个新竞争对手是哪一天出现的？（never：没有出现过）",
    )
    warning_signals: frozenset[WarningSignal] | None = fact(
        "Which signs do you see that we are not in control? (an empty list, []: you looked, and "
        "there are none)",
        "出现了哪些失控的信号？（空列表 [] 表示检查过，一个也没有）",
        labels={
            "unreturned_calls": "电话不回",
            "no_information": "得不到信息",
            "slanted_criteria": "标准偏向对手",
            "moving_criteria": "标准变来变去",
            "delays": "一拖再拖",
            "budget_gone": "预算没了",
            "probing_weaknesses": "专挑我们的弱点",
            "players_change": "关键人换人",
            "meetings_cancelled": "会议取消",
            "meetings_delegated": "会议派下属参加",
            "price_only": "只谈价格",
            "no_inside_support": "没有内部支持",
        },
    )
    value_stated_as: frozenset[ValueStatement] | None = fact(
        "As what does our offer state its value to the customer?",
        "我们的方案是怎样向客户表达价值的？",
        labels={
            "cost_lowered": "降低成本",
            "money_saved": "省了多少钱",
            "income_added": "增加收入",
        },
    )
    compared_with_top_two: bool | None = fact(
        "Does the value document compare us with the two main rivals?",
        "价值文档有没有与前两名竞争对手做对比？",
    )
    sole_supplier: bool | None = fact(
        "Are we the only one who supplies this product?", "这个产品是不是独家供应？"
    )
    phone_sold: bool | None = fact(
        "Can this product be sold over the telephone?", "这个产品是不是打电话就能卖？"
    )
    commonly_known: bool | None = fact(
        "Is this a product that everybody knows how to use?", "这个产品是不是大家都熟悉、都会用？"
    )
    usage_normal: bool | None = fact(
        "After delivery or on trial: is the product in normal use?",
        "交付后或试用中，产品是否已经正常使用？",
    )
    benefit_visible: bool | None = fact(
        "After delivery or on trial: can the customer see the benefit?",
        "交付后或试用中，客户是否看到了明显的收益？",
    )
    users_prefer_old_system: bool | None = fact(
        "Do the users like the old system better?", "使用者是不是更喜欢用旧系统？"
    )
    urgent_request_open: bool | None = fact(
        "Is the customer waiting for our answer to something urgent?",
        "客户是否有紧急的要求在等我们答复？",
    )
    urgent_request_minutes: Decimal | None = fact(
        "How many minutes did the customer wait for our first result on their last urgent request? "
        "(still open: the minutes until now)",
        "客户上一次提出紧急要求，等了多少分钟才拿到第一份结果？（还没答复就填等到现在的分钟数）",
        unit="minutes",
        minimum=0,
    )
    hours_saved_a_day: Decimal | None = fact(
        "How many hours of work a day does the product save one user? (0: we measured, and none)",
        "产品每天能为一位使用者减轻几个小时的工作量？（0：测过，没有减轻）",
        unit="hours",
        minimum=0,
    )
    last_usage_review: datetime.date | Never | None = fact(
        "On which day did we last go through the customer's usage with them? (never: not yet)",
        "上一次与客户一起查看使用情况是哪一天？（never：从未看过）",
    )
    follow_on_asked: frozenset[FollowOn] | None = fact(
        "What have we asked this customer for since the contract: renewal, a referral, a larger "
        "order? (an empty list, []: nothing yet)",
        "签约以后，我们向客户提过哪些：续费、转介绍、增购？（空列表 [] 表示都还没提）",
        labels={"renewal": "续费", "referral": "转介绍", "upsell": "增购"},
    )
    service_team_size: int | None = fact(
        "How many service staff work for this customer: support, installation, service managers? "
        "(staff shared with other customers count)",
        "有几名服务人员为这个客户服务：在线客服、线下实施、专案经理？（与其他客户共用的也算）",
        unit="people",
        minimum=0,
    )
    project_team_size: int | None = fact(
        "How many work for this customer in all: service staff, project managers and engineers? "
        "(staff shared with other customers count)",
        "为这个客户服务的一共有几人：服务人员、项目经理、技术工程师？（与其他客户共用的也算）",
        unit="people",
        minimum=0,
    )
    veteran_leaving: bool | None = fact(
        "Is one of the experienced staff who follow this customer about to leave or to be moved? "
        "(false: we asked, and nobody is; leave blank if not asked yet)",
        "跟进这个客户的老员工，是否有人即将离职或调岗？（false：问过，没有；还没问请留空）",
    )
    records_shared: bool | None = fact(
        "Are the records of this customer kept where each of our staff can step in and see where "
        "things stand? (false: they are with single people)",
        "这个客户的进展记录是否放在共用系统里，换谁都能随时切入？（false：只在个人手里）",
    )
    affairs_coordinator: bool | None = fact(
        "Does one person on our side keep all work for this customer in order, by rules that "
        "everybody follows? (false: we looked, and there is nobody)",
        "我方是否有一个人牵头理顺这个客户的各项事务，大家按共同的规则执行？（false：看过，没有这个人）",
    )
    local_team_planned: bool | None = fact(
        "Do we plan a local sales and service team for this business? (false: settled, we do not)",
        "我们是否打算为这块业务在当地设销售和服务团队？（false：已定，不设）",
    )
    local_monthly_income: Money | None = fact(
        "What does the business in that place bring in a month, or what do we expect of it?",
        "当地业务每月带来多少收入，或预计多少？",
        label=("local monthly income", "当地月收入"),
    )
    stability_verified: bool | None = fact(
        "Has what we are about to release to the customer passed several rounds of tests? (false: "
        "we asked, and it has not)",
        "即将给客户上线的版本，是否经过多轮测试和验证？（false：问过，还没有）",
    )
    feature_promised_for: datetime.date | None = fact(
        "For which day has the customer been promised a feature that does not exist yet?",
        "我们答应客户哪一天提供目前还没有的功能？",
    )
    feature_agreed_with_product: bool | None = fact(
        "Has product agreed to that day? (false: we asked, and it has not)",
        "产研团队是否确认过这个日期？（false：问过，没有确认）",
    )
    site_visited: bool | None = fact(
        "Have we visited the customer on site? (false: not yet)",
        "我们是否到客户现场拜访过？（false：还没有）",
    )
    product_lead_visited: bool | None = fact(
        "Has somebody in charge of product or engineering been at the customer's? (false: not yet)",
        "我方产研负责人是否到过客户现场？（false：还没有）",
    )
    public_presence: frozenset[PublicEvent] | None = fact(
        "At which public events can this customer meet us or has met us? (an empty list, []: we "
        "looked, and there is none)",
        "这个客户在哪些公开场合见过或能见到我们？（空列表 [] 表示查过，一个也没有）",
        labels={
            "roadshow": "商业巡演",
            "salon": "会议沙龙",
            "forum": "专业论坛",
            "open_class": "公开课",
        },
    )
    private_number_used: bool | None = fact(
        "Does our salesperson call this customer from a private mobile number? (false: we asked, "
        "and only from the company's)",
        "我方销售是否用私人手机号联系这个客户？（false：问过，只用公司号码）",
    )
    contact_channels: frozenset[ContactChannel] | None = fact(
        "How have we been in touch with the customer lately? (an empty list, []: not at all)",
        "最近我们用哪些方式与客户联系？（空列表 [] 表示没有联系）",
        labels={"email": "电子邮件", "phone": "电话", "video": "视频会议", "visit": "上门"},
    )
    proposal_tailored: bool | None = fact(
        "Is our proposal short and plain, and written from this customer's own needs? (false: it "
        "is our standard text)",
        "我们的计划书是否根据这个客户的需求制作，而且简明易懂？（false：用的是通用模板）",
    )
    low_bid_change_orders: bool | None = fact(
        "Does our bid leave out scope that we already know of, to be charged by change orders "
        "later? (false: we checked, and all that we know of is in it)",
        "我们的报价是否先压低、把已知的工作留到以后用变更单加价？（false：核对过，已知的都报了）",
    )
    budget_is_estimate: bool | None = fact(
        "Is the customer's budget still an early estimate? (false: it rests on an agreed scope)",
        "客户的预算是否还只是前期估算？（false：已按商定的范围核定）",
    )
    baseline_agreed_on: datetime.date | Never | None = fact(
        "On which day did we last agree scope and budget with the customer's executives? (never: "
        "not yet)",
        "上一次与客户高层商定范围和预算是哪一天？（never：从未商定）",
    )
    impact_scope: ImpactScope | None = fact(
        "How far does the purchase reach at the customer's?",
        "这次采购在客户内部影响到多大范围？",
        labels={"team": "团队", "department": "部门", "company": "公司", "group": "集团"},
    )
    product_kind: ProductKind | None = fact(
        "What kind of product is it: a financial product, a tool for people's efficiency, a "
        "solution for one industry, or other?",
        "产品属于哪一类：金融产品、人效管理产品、行业垂直方案，还是其他？",
        labels={
            "financial": "金融产品",
            "people_efficiency": "人效管理产品",
            "vertical": "行业垂直方案",
            "other": "其他",
        },
    )
    product_difficulty: Difficulty | None = fact(
        "How hard is the product to understand and to introduce?",
        "产品理解和上线的难度如何？",
        labels={"easy": "简单", "moderate": "一般", "hard": "复杂"},
    )
    charm_factors: frozenset[CharmFactor] | None = fact(
        "What do we bring the customer beyond solving the problem itself?",
        "除了解决问题本身，我们还给客户带来什么（魅力线）？",
        labels={
            "economic_benefit": "经济效益",
            "efficiency": "效率提升",
            "organisation": "组织改善",
            "performance": "业绩",
            "promotion": "升职",
            "resource": "资源",
            "department_voice": "部门话语权",
        },
    )
    scarce: bool | None = fact(
        "Is what we bring hard to get elsewhere?", "我们带来的东西在别处是否很难得到（稀缺）？"
    )
    buffers: frozenset[Buffer] | None = fact(
        "What keeps the product from showing a company's problem as one person's fault? (an empty "
        "list, []: nothing)",
        "有什么办法避免产品把公司的问题显示成某个人的问题（底线）？（空列表 [] 表示没有）",
        labels={
            "remarks": "备注说明",
            "context_figures": "背景数据",
            "roadmap_agreed": "商定的改进计划",
        },
    )
    offer_elements: frozenset[OfferElement] | None = fact(
        "Which of the three elements of goods does the offer state: what it is used for, the work "
        "that is in it, what it is worth in exchange? (an empty list, []: none of them)",
        "报价方案说明了商品三要素中的哪些：使用价值、价值、交换价值？（空列表 [] 表示都没有）",
        labels={"use_value": "使用价值", "value": "价值", "exchange_value": "交换价值"},
    )
    price_all_in: bool | None = fact(
        "Is our price for a year all-inclusive, with nothing charged on top? (false: there are "
        "extras)",
        "我们按年的报价是不是全包价，不再另收费用？（false：还有另收的费用）",
    )
    offer_fits_segment: bool | None = fact(
        "Is our offer cut to the segment of this customer? (false: it is the general package)",
        "我们的方案是否按这个客户所属的细分做了区分？（false：用的是通用套餐）",
    )
    research_by_product_lead: bool | None = fact(
        "Does the person in charge of the product go to customers for research? (false: it is "
        "left to others)",
        "产品负责人是否亲自到客户那里做调研？（false：都委派给别人做）",
    )
    veterans_assigned: int | None = fact(
        "How many experienced staff follow this customer?",
        "有几名有经验的老员工跟进这个客户？",
        unit="people",
        minimum=0,
    )
    project_class: ProjectClass | None = fact(
        "Which class has the project in our own ranking, A to E?",
        "按我们自己的分级，项目属于 A 到 E 哪一类？",
        labels={"A": "A类", "B": "B类", "C": "C类", "D": "D类", "E": "E类"},
    )
    channel: bool | None = fact(
        "Is the deal sold through a channel partner?", "这个商机是否通过渠道伙伴销售？"
    )
    stage_owners: int | None = fact(
        "How many people are accountable for the present stage? (one is right)",
        "当前阶段有几个人负责？（一个人最好）",
        unit="people",
        minimum=0,
    )
    presales_priced: bool | None = fact(
        "Is the cost of the presales work in the deal's figures?",
        "售前投入是否已经计价核算？",
    )
    participants_assessed: bool | None = fact(
        "Are the people who take part in the deal assessed by its results?",
        "参与打单的人员是否都按结果考核？",
    )
    stage_progress: Decimal | None = fact(
        "How much of the present stage is done, from 0 to 1? (0.8 = eighty percent)",
        "当前阶段完成了多少，0 到 1？（0.8 表示 80%）",
        minimum=0,
        maximum=1,
    )
    mandatory_answers_yes: bool | None = fact(
        "Are all mandatory questions of the present stage answered with yes?",
        "当前阶段的必答问题是否都回答了“是”？",
    )
    next_stage_started: bool | None = fact(
        "Have we begun to answer the questions of the next stage?",
        "下一阶段的问题是否已经开始回答？",
    )
    customer_milestones: frozenset[CustomerMilestone] | None = fact(
        "Which steps of the purchase has the customer behind it? (an empty list, []: we asked, and "
        "none yet)",
        "这次采购，客户已经走完了哪几步？（空列表 [] 表示问过，一步都还没走）",
        labels={
            "project_approved": "已立项",
            "budget_released": "预算已批",
            "requirements_fixed": "需求已定",
            "proposals_asked": "已招标或征集方案",
            "supplier_chosen": "已选定供应商",
        },
    )
    position_signals: frozenset[PositionSignal] | None = fact(
        "At our own customer: what has changed that could cost us our place? (an empty list, []: "
        "you looked, and nothing has)",
        "在我们的老客户那里，出现了哪些可能动摇我们位置的变化？（空列表 [] 表示检查过，没有）",
        labels={
            "deciders_changed": "关键决策者换人",
            "our_contact_changed": "我方对接人换人",
            "results_doubted": "客户质疑使用效果",
            "taken_for_granted": "双方都习以为常",
            "operations_changed": "客户业务扩张或收缩",
            "tender_announced": "客户准备重新招标",
        },
    )
    plan_elements: frozenset[PlanElement] | None = fact(
        "Which of the six elements does our written plan for this deal have? (an empty list, []: "
        "there is no written plan)",
        "这一单的书面计划写了六个要素中的哪些？（空列表 [] 表示还没有书面计划）",
        labels={
            "vision": "愿景",
            "goal": "目标",
            "strategy": "策略",
            "actions": "行动",
            "resources": "资源",
            "validation": "验证",
        },
    )
    plan_updated_on: datetime.date | Never | None = fact(
        "On which day was the plan for this deal last brought up to date? (never: not since it was "
        "made, or there is no plan)",
        "这一单的计划上一次更新是哪一天？（never：定下后从未更新，或没有计划）",
    )
    last_deal_review: datetime.date | Never | None = fact(
        "On which day was this deal last reviewed by people from outside the deal team? (never: it "
        "has not been)",
        "团队之外的同事上一次评审这一单是哪一天？（never：从未评审）",
    )
    review_findings_open: int | None = fact(
        "How many points of the last deal review are still open? (0: all are done)",
        "上次评审提出的问题，还有几条没有解决？（0 表示都已解决）",
        unit="points",
        minimum=0,
    )
    presales_committed: bool | None = fact(
        "Is presales staff at work on this deal? (false: none has been assigned)",
        "这一单是否已经投入售前人员？（false：还没有安排）",
    )
    stage_owner_regional: bool | None = fact(
        "Does the person who is accountable for the present stage belong to the regional sales "
        "team? (false: to another department)",
        "当前阶段的负责人是不是区域营销的人？（false：是其他部门的人）",
    )
    stage_owner_decides: bool | None = fact(
        "May the person who is accountable for the present stage also decide? (false: they answer "
        "for it, and others decide)",
        "当前阶段的负责人有没有决策权？（false：担责任，但要由别人决定）",
    )
    assessment_way: AssessmentWay | None = fact(
        "How do we assess those who take part in a deal: all carry the sales figures, or the owner "
        "of the deal scores the others?",
        "参与打单的人怎样考核：大家都背营销数据，还是由主负责人给其他人评分？",
        labels={"shared_numbers": "共背营销数据", "owner_scores": "主负责人评分"},
    )
    support_lines: frozenset[SupportLine] | None = fact(
        "Which of our own lines have promised to support this deal, by name? (an empty list, []: "
        "none)",
        "公司内部哪些力量已经落实到人、答应支持这一单？（空列表 [] 表示一个也没有）",
        labels={
            "executives": "公司高管",
            "solution": "方案线",
            "delivery": "交付线",
            "product": "产品线",
            "testing": "测试线",
            "outside_experts": "外部专家",
        },
    )
    results_tracked: frozenset[TrackedResult] | None = fact(
        "Which results of this order do we follow in figures? (an empty list, []: none)",
        "这一单签约之后，哪些结果有数据跟踪？（空列表 [] 表示都没有）",
        labels={
            "contract": "合同额",
            "collection": "回款",
            "profit": "利润",
            "cost": "成本",
            "quality": "交付质量",
            "cycle": "交付周期",
        },
    )
    loss_causes: frozenset[LossCause] | None = fact(
        "If the deal is lost: what lost it? (an empty list, []: we asked the customer, and it was "
        "none of these)",
        "如果已经丢单：原因是什么？（空列表 [] 表示问过客户，都不是）",
        labels={
            "relationship": "关系不到位",
            "support_resources": "支撑资源不到位",
            "price": "价格",
            "product": "产品",
        },
    )
    internal_rules_changed_on: datetime.date | Never | None = fact(
        "On which day did our own rules for the sales team last change: quotas, commission, who "
        "owns which customer? (never: not that anybody remembers)",
        "公司对内部销售的规则（指标、提成、客户归属）上一次变动是哪一天？（never：没人记得变过）",
    )
    purchase_request_on: datetime.date | None = fact(
        "When did the customer hand in the purchase request?",
        "客户是哪一天提交采购申请的？",
    )
    request_answered: bool | None = fact(
        "Has the purchase request been answered?",
        "采购申请有答复了吗？",
    )
    people_mapped_on: datetime.date | None = fact(
        "When did we last go through the people of this deal together?",
        "上一次一起梳理本项目的决策链是哪一天？",
    )
    people: tuple[Person, ...] | None = fact(
        "Who at the customer's has a part in this purchase?", "客户方哪些人参与这次采购？"
    )
    competitors: tuple[Competitor, ...] | None = fact(
        "Who competes with us for this order? (an empty list, []: nobody)",
        "有哪些对手与我们争夺这个订单？（空列表 [] 表示没有）",
    )
    actions: tuple[Action, ...] | None = fact("What have we planned to do?", "我们计划了哪些行动？")
    account: Account | None = fact(
        "What do we know of the customer's company?", "我们对客户公司了解多少？"
    )

    def __attrs_post_init__(self) -> None:
        ids = {person.id for person in self.people or ()}
        for person in self.people or ():
            named = {*(person.influences or ()), *(person.conflicts_with or ())}
            if person.reports_to is not None:
                named.add(person.reports_to)
            for missing in sorted(named - ids):
                raise RefusedError(
                    f"people: {shown(missing)}, named by `{person.id}`, is not among them"
                )
        for action in self.actions or ():
            if action.for_person is not None and action.for_person not in ids:
                raise RefusedError(
                    f"actions: {shown(action.for_person)}, named by `{action.id}`, is not among "
                    "the people"
                )
