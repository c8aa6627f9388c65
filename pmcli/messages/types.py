"""What is said of percentages and number plates."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "type_percent": ("百分比", "percentage"),
    "kind_percent": ("百分比", "a percentage"),
    "ask_hint_percent": ("如 97.5%", "as 97.5%"),
    "paper_blank_percent": ("　　　　％", "______ %"),
    "not_a_percent": (
        "{field} 应为百分比，如 97.5% 或 97.5；收到“{value}”",
        "{field} is a percentage, as 97.5% or 97.5; got “{value}”",
    ),
    "percent_range": (
        "{field} 应在 0% 至 100% 之间；收到“{value}”",
        "{field} lies between 0% and 100%; got “{value}”",
    ),
    "percent_places": (
        "{field} 最多两位小数，如 97.25%；收到“{value}”",
        "{field} has two decimal places at most, as 97.25%; got “{value}”",
    ),
    "type_plate": ("车牌号", "number plate"),
    "kind_plate": ("车牌号", "a number plate"),
    "ask_hint_plate": (
        "如 湘A12345、湘AD12345",
        "the province's sign, a letter, five letters and figures; six for new energy",
    ),
    "plate_province": (
        "{field} 应以省份简称开头，如 湘A12345；收到“{value}”，“{part}”不是省份简称",
        "{field} begins with a province's sign; got “{value}”, and “{part}” is none",
    ),
    "plate_office": (
        "{field} 省份简称之后应为一个字母（没有 I 和 O），如 湘A12345；收到“{value}”",
        "{field} has a letter behind the province, never I or O; got “{value}”",
    ),
    "plate_letters": (
        "{field} 车牌不用字母 I 和 O，请看是否数字 1 和 0；收到“{value}”",
        "{field}: plates have no letters I and O; are they the figures 1 and 0? got “{value}”",
    ),
    "plate_sign": (
        "{field} 车牌序号只有字母和数字；收到“{value}”，“{part}”不能用",
        "{field}: the number of a plate is of letters and figures; got “{value}”, with “{part}”",
    ),
    "plate_ending": (
        "{field} 以“{part}”结尾的车牌，其前应为 4 位；收到“{value}”，有 {count} 位",
        "{field}: a plate that ends in “{part}” has 4 letters and figures before it; got “{value}”, which has {count}",
    ),
    "plate_length": (
        "{field} 字母之后应为 5 位，新能源车 6 位；收到“{value}”，有 {count} 位",
        "{field} has 5 letters and figures behind the office's letter, 6 for new energy; got “{value}”, which has {count}",
    ),
    "plate_energy": (
        "{field} 六位的新能源车牌，字母 A 至 K（无 I）在首位或末位，其余为数字，小型车第二位也可为字母；收到“{value}”",
        "{field}: the six of a new energy plate are figures with a letter from A to K (never I) first or last; on small cars the second may be a letter too; got “{value}”",
    ),
    "plate_embassy": (
        "{field} 使馆车牌为“使”和 6 位数字，如 使014578；收到“{value}”",
        "{field}: an embassy's plate has its sign and six figures; got “{value}”",
    ),
    "check_unfit": (
        "{field} 不是{kind}，请用 edit 改正",
        "{field} should be: {kind}; correct it with `edit`",
    ),
}
