"""An amount of money with its currency, kept as one text such as `12.5 USD`; currencies are those of ISO 4217."""

from decimal import Decimal

from babel import Locale

from tracking.cleaning import parse_amount
from tracking.messages import Message, Refusal
from tracking.vocabulary import Language

# Those that are offered, in this order; any other may be typed.
OFFERED = ("CNY", "USD", "EUR", "GBP", "JPY", "HKD", "RUB")
_NAMES = {Language.ZH_CN: Locale("zh").currencies, Language.EN: Locale("en").currencies}


def parse_money(typed: str) -> tuple[Decimal, str]:
    """The amount and the currency of `12.5 USD`. Raises `Refusal` as `parse_amount`, and for an unknown currency."""
    amount, _, currency = typed.strip().rpartition(" ")
    code = currency.strip().upper()
    if not amount.strip() or code not in _NAMES[Language.EN]:
        raise Refusal(Message("register.no_currency"))
    return parse_amount(amount.strip()), code


def currency_name(code: str, language: Language) -> str:
    """The name of a currency."""
    return str(_NAMES[language].get(code, code))
