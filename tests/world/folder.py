"""Writing the raw folder: files, cards, the day to ask as of; for the shipped sample also the truth beside it.

Not here: what the files say.
"""

import csv
import os
import shutil
from collections.abc import Iterable
from datetime import UTC, date
from pathlib import Path

from pipelines.reference.lists import columns, values
from pipelines.reference.models import ReportingRoute, ReportingRule, Target
from pipelines.reference.rows import Row
from pipelines.settings import CHECKOUT
from tests.world.communes import AS_OF as COMMUNES_AS_OF
from tests.world.communes import CommuneWorld
from tests.world.mail import Delivery
from tests.world.post import DIRECTIVES_FILE, REGISTER_FOLDER, World

AS_OF = "2015-07-20"
README = """# Báo cáo đã nhận (dữ liệu mô phỏng) · Deliveries as received (simulated)

**Toàn bộ dữ liệu trong thư mục này là mô phỏng.** Không phải báo cáo thật của bất kỳ cơ quan nào; tên người, mô hình,
doanh nghiệp đều do máy tạo ra. Chỉ tên đơn vị hành chính, bộ tiêu chí và Thông báo ngày 07/9/2014 là có thật; một số
tổng (26 xã đạt 19 tiêu chí, 38 xã dưới 7 tiêu chí cuối năm 2014) được hiệu chỉnh theo số liệu báo chí đã đăng.

**Everything in this folder is simulated.** These are not real reports of anybody; people, models and enterprises are
invented by a generator. Only the names of units, the criteria and the notice of 7 September 2014 are real; a few
totals are calibrated on figures that the press printed (26 communes at 19 criteria, 38 below 7 at the end of 2014).

| | |
| --- | --- |
| `2014-09` … `2015-06` | kỳ báo cáo, mỗi đơn vị gửi một thư mục · reports by month, a folder for each sender |
| `so-van-ban-den/` | sổ văn bản đến (V03): ngày giờ nhận từng tệp · register of incoming documents: when each file
came | | `so-theo-doi-van-ban/` | sổ theo dõi văn bản chỉ đạo (V02) · register of directives and their tasks | |
`AS_OF` | ngày xem số liệu · the day the sample is asked as of | | `sample.provenance.yml` | lý lịch dữ liệu · where
the sample comes from, files that stand in no register |

`make sample` viết lại thư mục này, giống đến từng byte. · `make sample` writes this folder again, byte for byte. Lỗi
cố ý cài vào và số liệu đúng · planted defects and true figures: `tests/world/truth/`.

Dùng dữ liệu của mình: đặt `NTM_RAW_DIR` · For your own reports set `NTM_RAW_DIR`.
"""
CARD = """# Provenance of the shipped sample.
title: Simulated reports of a provincial New Rural Development programme, September 2014 to June 2015
is_simulated: true
generator: python -m tests.world (make sample)
seed: {seed}
months: {first} to {last}
as_of: {as_of}
files: {files}
real: names and codes of units, criteria, the duties of the notice of 7 September 2014
invented: every person, model, enterprise, cooperative, village, figure and date of a report
calibrated_on: figures of the press, F011-F021 and F025-F032 (communes at 19 and below 7 criteria, shares of model sizes)
licence: Apache-2.0
# Files that stand in no register of incoming documents, and why.
unregistered:
{unregistered}"""
COMMUNE_CARD = """# Provenance of this folder.
title: Simulated reports of communes to their province, {first} to {last}
is_simulated: true
generator: python -m tests.world --era 2025 (make sample ERA=2025)
seed: {seed}
as_of: {as_of}
files: {files}
real: names and codes of units and criteria
invented: every person, model, enterprise, cooperative, village, figure and date of a report
licence: Apache-2.0
"""
COMMUNE_PARAMETERS = """name,value,unit,valid_from,valid_to,source
reports_owed_from,{first},date,,,the history of this office begins then
"""
OWN_FORM = CHECKOUT / "docs" / "office_forms" / "d01.yml"
OWN_ROUTE = {"form": "D01", "reporter_type": "commune", "units": "itself", "rolls_up_to": "province"}
OWN_RULE = {"reporters": "all", "frequency": "quarter", "due_days_after_period_end": "10", "valid_from": "2026-04-01"}
"""A form that this office has added: its communes report it, and owe it from the quarter on that runs on the last day."""
COMMUNE_TARGETS, COMMUNE_TARGETS_DUE = {"T01", "T02a", "T02b", "T03"}, date(2026, 12, 31)
"""Targets of the notice that this office is set again, for another day."""


def write_folder(world: World, out: Path) -> tuple[int, int]:
    """Write everything below `out`, replacing what an earlier run wrote there; returns number of files and bytes."""
    count, size = _write_deliveries(world.deliveries(), out)
    lines = "".join(f"  - path: {f.path}\n    why: {_why(f.path)}\n" for f in world.files() if f.entry is None)
    card = CARD.format(
        seed=world.seed, first=world.months[0], last=world.months[-1], as_of=AS_OF, files=count, unregistered=lines
    )
    (out / "sample.provenance.yml").write_text(card, encoding="utf-8")
    (out / "README.md").write_text(README, encoding="utf-8")
    (out / "AS_OF").write_text(AS_OF + "\n", encoding="utf-8")
    return count, size


def write_commune_folder(world: CommuneWorld, out: Path) -> tuple[int, int]:
    """Write the raw folder of an office to which communes report, with its own reference rows; number of files and bytes."""
    count, size = _write_deliveries(world.deliveries(), out)
    overlay = out / "reference"
    overlay.mkdir(exist_ok=True)
    (overlay / "parameters.csv").write_text(COMMUNE_PARAMETERS.format(first=world.months[0]), encoding="utf-8")
    _write_list(
        overlay,
        ReportingRule,
        [
            *(
                rule.model_copy(update={"valid_to": world.months[0]})
                for rule in world.reference.rows(ReportingRule)
                if rule.reporter_type not in {"district", "commune", "ward"}
            ),
            ReportingRule.model_validate({"form": "D01", "reporter_type": "commune", **OWN_RULE}),
        ],
    )
    _write_list(
        overlay,
        Target,
        [
            target.model_copy(update={"deadline": COMMUNE_TARGETS_DUE})
            for target in world.reference.rows(Target)
            if target.target_id in COMMUNE_TARGETS
        ],
    )
    (overlay / "forms").mkdir(exist_ok=True)
    shutil.copy(OWN_FORM, overlay / "forms")
    _write_list(overlay, ReportingRoute, [ReportingRoute.model_validate(OWN_ROUTE)])
    card = COMMUNE_CARD.format(
        seed=world.seed, first=world.months[0], last=world.months[-1], as_of=COMMUNES_AS_OF, files=count
    )
    (out / "sample.provenance.yml").write_text(card, encoding="utf-8")
    (out / "AS_OF").write_text(COMMUNES_AS_OF + "\n", encoding="utf-8")
    return count, size


def _write_deliveries(deliveries: Iterable[Delivery], out: Path) -> tuple[int, int]:
    for old in [*out.glob("20??-??"), out / REGISTER_FOLDER, (out / DIRECTIVES_FILE).parent]:
        shutil.rmtree(old, ignore_errors=True)
    count = size = 0
    for delivery in deliveries:
        path = out / delivery.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(delivery.content)
        stamp = delivery.received_at.replace(tzinfo=UTC).timestamp()
        os.utime(path, (stamp, stamp))
        count, size = count + 1, size + len(delivery.content)
    return count, size


def _write_list(overlay: Path, model: type[Row], rows: Iterable[Row]) -> None:
    with (overlay / f"{model.name_of_list}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(name for name, _ in columns(model))
        writer.writerows(values(model, row) for row in rows)


def _why(path: str) -> str:
    if path.startswith(REGISTER_FOLDER):
        return "the register itself"
    if path == DIRECTIVES_FILE:
        return "register of directives, its rows count from issued_on"
    return "planted (F09); its modification time is its time of receipt"
