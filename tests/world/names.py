"""Words to draw from: people, villages, products. Invented combinations; any likeness to a person is chance.

Not here: names of units (seeds), anything with a date.
"""

from random import Random

SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Võ", "Đặng", "Bùi", "Hồ", "Dương", "Trương", "Đinh", "Hà")
MIDDLE_M = ("Văn", "Xuân", "Đình", "Quốc", "Hữu", "Đức", "Trọng", "Viết", "Công", "Sỹ")
MIDDLE_F = ("Thị", "Thị Thanh", "Thị Kim", "Thị Hồng", "Thị Thu", "Thị Ngọc")
GIVEN_M = (
    "Hùng",
    "Dũng",
    "Tuấn",
    "Thắng",
    "Minh",
    "Sơn",
    "Hải",
    "Long",
    "Thành",
    "Bình",
    "Cường",
    "Lợi",
    "Tiến",
    "Nam",
)
GIVEN_F = ("Hoa", "Lan", "Hương", "Hằng", "Thủy", "Nga", "Yến", "Liên", "Tâm", "Huệ", "Nhung", "Mai", "Hiền", "Xuân")
VILLAGES = (
    "Đông Sơn", "Tân Tiến", "Nam Hải", "Bắc Thai", "Trung Tâm", "Hòa Bình", "Yên Mỹ", "Phú Sơn", "Tân Hòa", "Đại Đồng",
    "Liên Tân", "Bình Minh", "Thanh Sơn", "Vĩnh Phúc", "Quyết Tiến", "Hồng Phong", "Kim Sơn", "Mỹ Hòa", "Trường Tiến",
)  # fmt: skip
POSITIONS = ("Chuyên viên", "Phó Chánh Văn phòng", "Cán bộ", "Phó Trưởng phòng")
LEADER_POSITIONS = (
    "Ủy viên BTV Huyện ủy",
    "Phó Chủ tịch UBND",
    "Trưởng phòng Nông nghiệp và PTNT",
    "Phó Bí thư Thường trực",
)
FIELDS = ("Nông nghiệp", "Tài chính - Kế hoạch", "Xây dựng", "Tài nguyên - Môi trường", "Văn hóa - Xã hội", "Nội vụ")

# sector code: (product, name of the model)
MODELS: dict[str, tuple[tuple[str, str], ...]] = {
    "livestock": (
        ("lợn", "Chăn nuôi lợn nái ngoại"), ("lợn", "Chăn nuôi lợn thịt liên kết"), ("bò", "Nuôi bò lai thâm canh"),
        ("hươu", "Nuôi hươu lấy nhung"), ("gà", "Nuôi gà thả vườn"),
    ),
    "crops": (
        ("lúa chất lượng", "Sản xuất lúa chất lượng cao"), ("rau", "Trồng rau an toàn"), ("cam", "Trồng cam chanh"),
        ("bưởi", "Trồng bưởi Phúc Trạch"), ("củ", "Trồng củ cải trên cát"), ("quả", "Trồng dưa hấu"),
    ),
    "fisheries": (("tôm", "Nuôi tôm thẻ chân trắng"), ("cá", "Nuôi cá nước ngọt"), ("hải sản", "Chế biến hải sản")),
    "forestry": (("keo", "Trồng rừng nguyên liệu"),),
    "handicrafts": (("đồ gỗ", "Sản xuất đồ mộc"), ("nón lá", "Làm nón lá")),
    "services": (("dịch vụ nông nghiệp", "Dịch vụ làm đất, thu hoạch"),),
    "garden_economy": (("cây ăn quả", "Kinh tế vườn đồi tổng hợp"),),
    "other": (("mật ong", "Nuôi ong lấy mật"),),
}  # fmt: skip
SECTOR_WEIGHTS = {
    "livestock": 34, "crops": 30, "fisheries": 14, "forestry": 5, "handicrafts": 6, "services": 5,
    "garden_economy": 4, "other": 2,
}  # fmt: skip
TRADES = ("Xây dựng", "Chế biến nông sản", "Vật tư nông nghiệp", "Chế biến gỗ", "Vận tải", "Thương mại tổng hợp")
ENTERPRISE_WORDS = (
    "Hoàng Long",
    "Thành Đạt",
    "An Phú",
    "Hồng Lam",
    "Đại Phát",
    "Minh Khang",
    "Trường Thịnh",
    "Nam Việt",
    "Tân Phát",
)
COOPERATIVE_WORDS = (
    "Dịch vụ nông nghiệp",
    "Chăn nuôi",
    "Sản xuất rau an toàn",
    "Vệ sinh môi trường",
    "Điện năng",
    "Nuôi trồng thủy sản",
)
BUYERS = ("Công ty Chăn nuôi Mitraco", "Công ty CP", "Siêu thị địa phương", "HTX tiêu thụ")


def person(rng: Random) -> str:
    """A full name."""
    if rng.random() < 0.6:
        return f"{rng.choice(SURNAMES)} {rng.choice(MIDDLE_M)} {rng.choice(GIVEN_M)}"
    return f"{rng.choice(SURNAMES)} {rng.choice(MIDDLE_F)} {rng.choice(GIVEN_F)}"


def villages(rng: Random) -> list[str]:
    """The villages of one commune: eight to twelve, numbered or named."""
    count = rng.randint(8, 12)
    if rng.random() < 0.4:
        return [f"Thôn {i}" for i in range(1, count + 1)]
    return [f"Thôn {v}" for v in rng.sample(VILLAGES, count)]
