"""Kinds of units by level, each with the ways clerks write it: the one home of them in Python.

The list of units names kinds as these keys. Short names in SQL (macros/units.sql), codes (catalogue.yml) and their words
(labels.csv) are held to it by a test. Without diacritics only what begins no name is a way to write one: there is a district
"Quan Hóa".
"""

COMMUNE_KINDS = {
    "xã": ("xã", "x", "xa"),
    "phường": ("phường", "p", "phuong"),
    "thị trấn": ("thị trấn", "tt", "t t", "thi tran", "ttr"),
    "đặc khu": ("đặc khu", "đk", "dac khu"),
}
DISTRICT_KINDS = {
    "huyện": ("huyện", "h", "huyen"),
    "thành phố": ("thành phố", "tp", "t p", "thanh pho", "t phố"),
    "thị xã": ("thị xã", "tx", "t x", "thi xa"),
    "quận": ("quận", "q"),
}
PROVINCE_KINDS = ("tỉnh", "thành phố")
