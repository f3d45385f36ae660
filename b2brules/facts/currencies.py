"""What people call a currency in everyday life, and the code that they mean."""

from __future__ import annotations

_CALLED = {
    "CNY": ("cny", "rmb", "yuan", "renminbi", "元", "人民币", "人民幣", "块", "圆", "¥"),
    "USD": ("usd", "$", "us$", "us dollar", "us dollars", "dollar", "dollars", "美元", "美金"),
    "EUR": ("eur", "€", "euro", "euros", "欧元"),
    "GBP": ("gbp", "£", "英镑"),
    "HKD": ("hkd", "hk$", "港币", "港元"),
    "JPY": ("jpy", "yen", "日元"),
}
_CODES = {name: code for code, names in _CALLED.items() for name in names}


def code_meant(name: str) -> str | None:
    """Return the code that is meant by another name: ``CNY`` by ``RMB``, ``rmb``, ``yuan``.

    It is ``None`` for a code itself, such as ``USD``, and for what nobody calls a currency.
    """
    # The wide signs of Chinese keyboards are others than ours.
    plain = name.strip().replace("￥", "¥").replace("＄", "$").replace("￡", "£")
    code = _CODES.get(plain.casefold())
    return None if code == name else code
