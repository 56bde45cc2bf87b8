"""What a person asks for by name: where it lands, what is said, and with which exit code."""

import datetime as dt
from pathlib import Path

import pytest

from pipelines.products import commands
from pipelines.settings import Settings
from tests.unit.intake.workbooks import COMMUNES, h01, xlsx


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "raw").mkdir()
    (tmp_path / "home").mkdir()
    return Settings(raw_dir=tmp_path / "raw", home=tmp_path / "home", as_of=dt.date(2014, 10, 20))


def test_preview_says_what_would_happen_and_loads_nothing(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "báo cáo.xlsx"
    file.write_bytes(xlsx({"B01": h01(dict.fromkeys([*COMMUNES[:4], "Kim Lạc"], ["x"] * 19))}))
    assert commands.show_preview(settings, file) == commands.DONE
    said = capsys.readouterr().out
    assert "Kim Lạc" in said
    assert [path.name for path in settings.home.iterdir()] == ["preview"]


def test_preview_of_a_file_that_is_not_there_is_one_line(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.show_preview(settings, Path("không có.xlsx")) == commands.FAILED
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("command", [commands.make_receipts, commands.make_duties])
def test_what_needs_a_build_asks_for_one(
    command: object, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(command)
    assert command(settings) == commands.FAILED
    assert "make run" in capsys.readouterr().err
