"""Text of a cell: what a clerk varies, what a conversion damaged, and what must not be touched."""

import unicodedata

import pytest

from pipelines.intake.text import (
    clean,
    convert,
    detect_encoding,
    fold,
    is_ditto,
    is_nil,
    is_syllable,
    plain,
    split_list,
    strip_marks,
)

NFD = unicodedata.normalize("NFD", "Cẩm Xuyên")


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        pytest.param("Số tiêu\nchí đạt", "Số tiêu chí đạt", id="T020-line-break"),
        pytest.param("Tổng số tiêu chí  đạt ", "Tổng số tiêu chí đạt", id="T020-double-blank"),
        pytest.param("17,5\u00a0", "17,5", id="T040-hard-blank"),
        pytest.param("12\u202f345", "12 345", id="T040-narrow-blank"),
        pytest.param("Ðạt", "Đạt", id="T067-eth"),
        pytest.param("Ɖạt", "Đạt", id="T067-african-d"),
        pytest.param(NFD, "Cẩm Xuyên", id="T084-decomposed"),
        pytest.param("tỷ lê \u0323 giư \u0303 a", "tỷ lệ giữa", id="T085-marks-apart"),
        pytest.param("thuâ \u0323 n lơ \u0323 i", "thuận lợi", id="T085-syllables-apart"),
        pytest.param("Thị trấn  Tây Sơn", "Thị trấn Tây Sơn", id="T087-double-blank-in-name"),
        pytest.param("đƣợc", "được", id="T091-oi"),
        pytest.param("Զuyết định, ᵭạt, ṡố", "Quyết định, đạt, số", id="T092-look-alikes"),
        pytest.param("\ufeffCẩm Bình\u200b\t", "Cẩm Bình", id="T097-invisible"),
        pytest.param("  ", "", id="blank"),
        pytest.param("\u200b", "", id="invisible-only"),
    ],
)
def test_a_text_is_cleaned(raw: str, wanted: str) -> None:
    assert clean(raw) == wanted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("TỔNG SỐ\nTIÊU CHÍ  ĐẠT:", "Tổng số tiêu chí đạt", id="T020-case-and-punctuation"),
        pytest.param("Yên Hoà", "Yên Hòa", id="T086-hoà"),
        pytest.param("Sơn Thuỷ", "Sơn Thủy", id="T086-thuỷ"),
        pytest.param("Thạch Qúy", "Thạch Quý", id="T086-quý"),
        pytest.param("hòan thành", "hoàn thành", id="T086-closed-syllable"),
        pytest.param("sức khoẻ", "sức khỏe", id="T086-khoẻ"),
        pytest.param(NFD, "CẨM XUYÊN", id="T084-decomposed"),
        pytest.param("DN/HTX/THT", "dn, htx - tht", id="punctuation"),
    ],
)
def test_two_spellings_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Thạch Hạ", "Thạch Hà", id="T090-tone"),
        pytest.param("Cẩm Quan", "Cẩm Quang", id="letter"),
        pytest.param("Tổ 1-2", "Tổ 12", id="digits"),
        pytest.param("Kỳ Anh", "Kì Anh", id="T096-only-plain-forgives"),
    ],
)
def test_two_names_have_two_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_the_plain_key_forgets_diacritics_and_y() -> None:
    assert plain("Kỳ Đồng") == plain("KI DONG") == "ki dong"
    assert strip_marks("Kỳ Đồng, 9/2014") == "Ky Dong, 9/2014"


@pytest.mark.parametrize(
    ("raw", "encoding", "wanted"),
    [
        pytest.param("Hµ TÜnh", "tcvn3", "Hà Tĩnh", id="T080-name"),
        pytest.param("n«ng th«n míi", "tcvn3", "nông thôn mới", id="T080-words"),
        pytest.param("X· ®¹t chuÈn", "tcvn3", "Xã đạt chuẩn", id="T080-title"),
        pytest.param("CÈm B×nh", "tcvn3", "Cẩm Bình", id="T080-commune"),
        pytest.param("hµ tÜnh", "tcvn3", "hà tĩnh", id="T081-capitals-of-the-font"),
        pytest.param("H\u00ad¬ng S¬n", "tcvn3", "Hương Sơn", id="T082-soft-hyphen"),
        pytest.param("H¬ng S¬n", "tcvn3", "Hơng Sơn", id="T082-soft-hyphen-lost"),
        pytest.param("Haø Tónh", "vni", "Hà Tĩnh", id="T083-name"),
        pytest.param("noâng thoân môùi", "vni", "nông thôn mới", id="T083-words"),
        pytest.param("HUYEÄN CAN LOÄC", "vni", "HUYỆN CAN LỘC", id="T083-capitals"),
        pytest.param("Hà Tĩnh".encode().decode("latin-1"), "utf8_as_cp1252", "Hà Tĩnh", id="T093-bytes"),
        pytest.param("HÃ  TÄ©nh", "utf8_as_cp1252", "Hà Tĩnh", id="T093-flattened-blank"),
        pytest.param("Huyện".encode().decode("latin-1"), "utf8_as_cp1252", "Huyện", id="T093-control-characters"),
        pytest.param("HuyÃªn Cáº©m XuyÃªn", "utf8_as_cp1252", "Huyên Cẩm Xuyên", id="T093-words"),
        pytest.param("Huyêòn CâÒm Xuyên", "cp1258", "Huyện Cẩm Xuyên", id="F10-cp1258-read-as-cp1252"),
        pytest.param("Huyê\u0323n Câ\u0309m Xuyên", "cp1258", "Huyện Cẩm Xuyên", id="F10-cp1258"),
        pytest.param(NFD, "nfd", "Cẩm Xuyên", id="T084-decomposed"),
        pytest.param("Ðạt", "lookalike", "Đạt", id="T067-eth"),
        pytest.param("nơng thơn, mơ hình", "lookalike", "nông thôn, mô hình", id="T091-ơ-for-ô"),
        pytest.param("ᵭạt", "lookalike", "đạt", id="T092-d"),
    ],
)
def test_a_legacy_encoding_is_told_and_undone(raw: str, encoding: str, wanted: str) -> None:
    assert detect_encoding([raw, "UBND", "1.234,5"]) == encoding
    assert convert(raw, encoding) == wanted


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(["Hà Tĩnh", "Xã Cẩm Bình", "Không", "Có"], id="unicode"),
        pytest.param(["Không", "xã", "Có", "TÊN", "hà"], id="unicode-within-latin-1"),
        pytest.param(["500 m²", "m³", "±5", "1½", "30°C", "Kỳ Lâm¹", "ĐVT: triệu đồng", "ü", "✓"], id="signs"),
        pytest.param(["Cẩm Bình", "m¹"], id="one-odd-word-proves-nothing"),
        pytest.param([], id="empty"),
    ],
)
def test_plain_unicode_is_left_alone(texts: list[str]) -> None:
    assert detect_encoding(texts) is None


def test_in_a_mixed_sheet_only_legacy_cells_are_converted() -> None:
    encoding = detect_encoding(["Huyện Cẩm Xuyên", "Không", "CÈm B×nh", "CÈm Quang"])
    assert encoding is not None
    assert convert("CÈm B×nh", encoding) == "Cẩm Bình"
    assert convert("Không", encoding) == "Không"
    assert convert("Huyện Cẩm Xuyên", encoding) == "Huyện Cẩm Xuyên"


def test_a_font_name_decides_between_two_readings() -> None:
    assert detect_encoding(["Hµ TÜnh"], fonts=[".VnTime"]) == "tcvn3"
    assert detect_encoding(["Huyện"], fonts=[".VnTime", "VNI-Times"]) is None


def test_a_wingdings_tick_survives_a_tcvn3_sheet() -> None:
    assert convert("ü", "tcvn3") == "ü"


def test_conversion_keeps_line_breaks() -> None:
    assert convert("Ðạt\nÐạt", "lookalike") == "Đạt\nĐạt"
    assert convert(unicodedata.normalize("NFD", "Tổng\nsố"), "nfd") == "Tổng\nsố"


@pytest.mark.parametrize(
    "text", ["Không phát sinh", "KHÔNG CÓ", "Trong tháng không phát sinh mới.", "Không có mô hình"]
)
def test_nil_words(text: str) -> None:
    assert is_nil(text)


@pytest.mark.parametrize("text", ["Không", "Phát sinh", "có", "", "Chưa có"])
def test_no_nil_words(text: str) -> None:
    assert not is_nil(text)


@pytest.mark.parametrize("text", ["-nt-", '"', "//", "nt", "- nt -", '-"-', "''", "”", "như trên", "-NT-"])
def test_ditto_marks_t032(text: str) -> None:
    assert is_ditto(text)


@pytest.mark.parametrize("text", ["-", "", "x", "/", "0", "Cẩm Bình"])
def test_no_ditto_marks_t032(text: str) -> None:
    assert not is_ditto(text)


def test_several_values_of_one_cell_t036() -> None:
    assert split_list("Cam / bưởi, chè;\nlúa\r\n ") == ["Cam", "bưởi", "chè", "lúa"]


@pytest.mark.parametrize("word", ["Hà", "xã", "chuẩn", "giữa", "quý", "nghiệp", "Đạt", "gì", "khuya", "thuở"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["Hµ", "míi", "Kú", "xaị", "noâng", "đat", "ngé"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)
