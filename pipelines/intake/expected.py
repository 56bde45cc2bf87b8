"""What would have been right in a cell, as a finding says it to a clerk.

Here: the expectation that follows from a field's type, list and bounds.
"""

from pipelines.intake.forms import Field

TICK = "x hoặc để trống"


def expected_of(item: Field) -> str | None:
    """Return, in Vietnamese, what would have been right in a cell of the field."""
    if item.codes:
        first: dict[str, str] = {}
        for word, code in item.codes.items():
            first.setdefault(code, word)
        return ", ".join(first.values())
    bounds = "" if item.lower is None else f" từ {_typed_bound(item.lower)}"
    bounds += "" if item.upper is None else f" đến {_typed_bound(item.upper)}"
    word = {
        "mark": "đạt hoặc chưa đạt",
        "integer": "số nguyên",
        "criterion": "số thứ tự tiêu chí",
        "number": "số",
        "money": "số tiền",
        "percent": "tỷ lệ từ 0 đến 100",
        "date": "ngày/tháng/năm",
        "datetime": "ngày giờ",
        "tick": TICK,
        "text": "chữ hoặc mã số, nhập dạng văn bản (Text)",
        "period": "tháng/năm hoặc quý/năm",
    }.get(item.type)
    return word and word + bounds


def _typed_bound(bound: float) -> str:
    """Return a bound as a Vietnamese clerk types it: 10.000.000."""
    return f"{bound:,.0f}".replace(",", ".")
