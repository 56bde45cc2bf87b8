"""The annex of the bulletin: each table a sheet, its figures as an office writes them."""

import datetime as dt

from pipelines.products.annex import lay_out_annex

CAPTIONS = {
    "target_name_vi": "chỉ tiêu",
    "value": "kết quả",
    "criteria_met_avg": "tiêu chí bình quân",
    "deadline": "hạn",
}


def test_counts_have_no_decimals_and_averages_have_the_same_below_each_other() -> None:
    rows = [
        {"target_name_vi": "Xã đủ mô hình", "value": 58.7, "criteria_met_avg": 14.0, "deadline": dt.date(2014, 12, 31)},
        {"target_name_vi": "Xã trắng mô hình", "value": 3.0, "criteria_met_avg": 11.45, "deadline": None},
    ]
    workbook = lay_out_annex(
        {"chi-tieu": list(CAPTIONS)}, {"chi-tieu": rows}, CAPTIONS, "Kèm theo Báo cáo tháng 06/2015"
    )
    sheet = workbook["Chỉ tiêu"]
    heading, *lines = list(sheet.iter_rows(min_row=4))
    assert [cell.value for cell in heading] == ["Chỉ tiêu", "Kết quả", "Tiêu chí bình quân", "Hạn"]
    assert [[cell.number_format for cell in line[1:3]] for line in lines] == [
        ["#,##0.00", "#,##0.00"],
        ["#,##0", "#,##0.00"],
    ]
    assert lines[0][3].alignment.horizontal == "center"
