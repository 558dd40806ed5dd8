"""How exact a claim's value is written."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import overload

_ENDLESS = 12


@overload
def claim_value(value: None, kind: str) -> None: ...
@overload
def claim_value(value: Decimal, kind: str) -> Decimal: ...
def claim_value(value: Decimal | None, kind: str) -> Decimal | None:
    """Round a ratio whose decimals do not end to four decimals (a third is 0.3333); keep all else exact.

    Where four decimals would leave fewer than four significant digits (one in three thousand), four
    significant digits are kept.
    """
    if value is None or kind != "ratio" or -int(value.as_tuple().exponent) <= _ENDLESS:
        return value
    rounded = value.quantize(Decimal("0.0001"))
    return rounded if abs(value) >= Decimal("0.1") else Context(prec=4).plus(value)
