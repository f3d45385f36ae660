"""What is known of the event that makes the customer act."""

from __future__ import annotations

import datetime

from attrs import frozen

from b2brules.facts.fields import fact


@frozen(kw_only=True)
class Event:
    """The parts of a compelling event; whether it is one is decided by the rules."""

    driver: bool | None = fact(
        "Is there a pressure, from inside or outside, that forces the customer to act? (false: we "
        "asked, and there is none; leave blank if not asked yet)",
        "有没有来自内部或外部的压力，迫使客户必须行动？（false：问过，没有；还没问请留空）",
        label=("driver", "行动压力"),
    )
    dated: bool | None = fact(
        "Is there a day by which the customer has to act? (false: we asked, and any day will do)",
        "客户有没有必须行动的最后期限？（false：问过，什么时候都行；还没问请留空）",
        label=("dated", "有明确期限"),
    )
    consequence: bool | None = fact(
        "Does it hurt the customer if it does nothing by then? (false: we asked, and it does not)",
        "到期不行动，客户会不会有损失？（false：问过，不会；还没问请留空）",
        label=("consequence", "不行动的后果"),
    )
    payback: bool | None = fact(
        "Does the customer gain something measurable if it is done in time? (false: we asked, and "
        "it does not)",
        "按期完成，客户能不能得到可衡量的回报？（false：问过，不能；还没问请留空）",
        label=("payback", "按期完成的回报"),
    )
    owner: bool | None = fact(
        "Does somebody at the customer answer for the result, with a budget? (false: we asked, and "
        "nobody does)",
        "客户那边有没有人带着预算对结果负责？（false：问过，没有；还没问请留空）",
        label=("owner", "责任人"),
    )
    symptom_only: bool | None = fact(
        "Is it only a symptom that the customer can live with, such as slow reports or no more "
        "space? (Say true or false even when all the rest is answered: left blank, the event stays "
        "open)",
        "这是否只是客户还能忍受的症状，比如报表慢、空间不够？"
        "（即使其他各项都填了，也请写 true 或 false，留空则必要事件无法判定）",
        label=("only a symptom", "只是症状"),
    )
    date: datetime.date | None = fact(
        "By which day does the customer have to act: the day of the audit, the contract's end, the "
        "opening? (Once it has passed, the event no longer counts)",
        "客户最迟哪一天必须行动：检查日、合同到期日、开业日？（过了这一天，必要事件就不再成立）",
        label=("date", "期限日期"),
    )
