"""What a person asks for by name: where it lands, what is said, and with which exit code."""

import datetime as dt
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.__main__ import main
from pipelines.products import commands
from pipelines.products.templates import TemplateSummary
from pipelines.settings import CHECKOUT, Settings
from pipelines.warehouse.lock import LockedError
from pipelines.warehouse.verdicts import mark_stale
from tests.shared import mark_as_published
from tests.unit.intake.workbooks import COMMUNES, h01, xlsx


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "raw").mkdir()
    (tmp_path / "home").mkdir()
    return Settings(raw_dir=tmp_path / "raw", home=tmp_path / "home", as_of=dt.date(2014, 10, 20))


def test_what_draws_and_packs_is_imported_by_who_asks_for_it() -> None:
    """Half a second each: a run with nothing new, a refusal, and a command that needs neither go without."""
    program = (
        "import sys, pipelines.products.commands, pipelines.products.screen, pipelines.products.alerts\n"
        "import pipelines.recovery, pipelines.warehouse.standing, pipelines.warehouse.engines, pipelines.warehouse.load\n"
        "print(*{'altair', 'docx', 'openpyxl', 'pandas', 'dagster'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=CHECKOUT)
    assert done.stdout.split() == []


def test_preview_says_what_would_happen_and_loads_nothing(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "báo cáo.xlsx"
    file.write_bytes(xlsx({"B01": h01(dict.fromkeys([*COMMUNES[:4], "Kim Lạc"], ["x"] * 19))}))
    assert commands.show_preview(settings, file) == commands.DONE
    said = capsys.readouterr().out
    assert "Kim Lạc" in said
    assert [path.name for path in settings.home.iterdir()] == ["preview"]


def test_preview_of_a_folder_takes_each_file_and_a_zip_apart(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "received"
    folder.mkdir()
    content = xlsx({"B01": h01()})
    (folder / "a.xlsx").write_bytes(content)
    (folder / "b.docx").write_bytes(b"PK")
    with zipfile.ZipFile(folder / "c.zip", "w") as packed:
        packed.writestr("x/a.xlsx", content)
        packed.writestr("../a.xlsx", content)
    (folder / "d.zip").write_bytes(b"PK\x03\x04")
    assert commands.show_preview(settings, folder) == commands.DONE
    said = capsys.readouterr().out
    assert said.count("dùng 5/5 dòng") == 3
    assert said.count("Lỗi F01: Tệp b.docx") == said.count("Lỗi F01: Tệp d.zip") == 1
    assert len(list((settings.home / "preview").iterdir())) == 5
    assert commands.show_preview(settings, folder / "c.zip") == commands.DONE
    assert capsys.readouterr().out.count("dùng 5/5 dòng") == 2


def test_preview_of_a_file_that_is_not_there_is_one_line(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.show_preview(settings, Path("không có.xlsx")) == commands.FAILED
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(("command", "name"), [("preview", "FILE"), ("backup", "TO"), ("restore", "FROM")])
def test_a_path_that_make_was_not_given_is_missing_and_not_the_folder_at_hand(
    command: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, ""])
    assert ended.value.code == 2
    assert f"argument {name}: thiếu đường dẫn · is missing" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        commands.make_receipts,
        commands.make_answers,
        partial(commands.make_trips, month=None),
        partial(commands.make_templates, periods=[]),
    ],
)
@pytest.mark.parametrize(
    "change", [mark_stale, lambda working: working.execute("insert into marts.figures values (2)")]
)
def test_no_one_is_answered_from_a_build_that_was_not_published(
    settings: Settings, capsys: pytest.CaptureFixture[str], command: Any, change: Any
) -> None:
    settings.published_file.parent.mkdir()
    settings.published_file.touch()
    with duckdb.connect(str(settings.working_file)) as working:
        working.execute("create schema marts; create table marts.figures as select 1 as figure")
        mark_as_published(working)
        change(working)
    assert command(settings) == commands.FAILED
    assert "make run" in capsys.readouterr().err
    assert {path.name for path in settings.home.iterdir()} <= {"working.duckdb", "published", "run.lock"}


def test_receipts_wait_for_a_run_at_work_and_give_up(settings: Settings) -> None:
    reference = settings.raw_dir / "reference"
    reference.mkdir()
    (reference / "parameters.csv").write_text("name,value,valid_from\nlock_wait,0.3,\n", encoding="utf-8")
    hold = (
        "import time; from pathlib import Path; from pipelines.warehouse.lock import writing\n"
        f"with writing(Path({str(settings.lock_file)!r}), 0, print): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "held\n"
        with pytest.raises(LockedError):
            commands.make_receipts(settings)
        run.kill()


def test_templates_are_of_the_periods_that_run_unless_others_are_named(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def write(*arguments: object, **_: object) -> TemplateSummary:
        asked.append(arguments[3])  # ty: ignore[invalid-argument-type]
        return TemplateSummary()

    monkeypatch.setattr("pipelines.products.templates.write_templates", write)
    assert commands.make_templates(settings, []) == commands.DONE
    assert commands.make_templates(settings, ["2015-Q1"]) == commands.DONE
    assert asked == [["2014-10", "2014-Q4"], ["2015-Q1"]]
    assert commands.make_templates(settings, ["2015-13"]) == commands.FAILED
    assert "2015-13" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        commands.make_receipts,
        commands.make_answers,
        partial(commands.make_bulletin, month=None),
        commands.make_duties,
        commands.make_export,
        partial(commands.serve_site, port=0),
    ],
)
def test_what_needs_a_build_asks_for_one(
    command: object, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(command)
    assert command(settings) == commands.FAILED
    assert "make run" in capsys.readouterr().err
