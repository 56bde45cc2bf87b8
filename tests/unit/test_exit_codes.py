"""What `bin/ntm` ends with, as cron sees it: the codes of docs/operations.md, from any folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.settings import CHECKOUT


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    reference = tmp_path / "raw" / "reference"
    reference.mkdir(parents=True)
    (reference / "parameters.csv").write_text("name,value,valid_from\nlock_wait,0.1,\n", encoding="utf-8")
    return os.environ | {"NTM_RAW_DIR": str(tmp_path / "raw"), "NTM_HOME": str(tmp_path / "home")}


def ntm(folder: Path, environment: dict[str, str], *arguments: str) -> tuple[int, str]:
    ended = subprocess.run(
        [CHECKOUT / "bin" / "ntm", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return ended.returncode, ended.stderr


@pytest.mark.parametrize(
    ("command", "changed", "code"),
    [
        ("verify", {}, 0),
        ("duties", {}, 1),
        ("verify", {"NTM_RAW_DIR": "/không có"}, 2),
        ("verify", {"NTM_AS_OF": "20/07/2015"}, 2),
    ],
)
def test_the_code_says_what_became_of_it(
    tmp_path: Path, environment: dict[str, str], command: str, changed: dict[str, str], code: int
) -> None:
    ended, errors = ntm(tmp_path, environment | changed, command)
    assert (ended, errors.count("\n")) == (code, 1 if code else 0)


@pytest.mark.parametrize(("command", "damaged"), [("receipts", "working.duckdb"), ("duties", "published/ntm.duckdb")])
def test_a_damaged_file_is_one_line_with_the_command_that_makes_it_again(
    tmp_path: Path, environment: dict[str, str], command: str, damaged: str
) -> None:
    file = tmp_path / "home" / damaged
    file.parent.mkdir(parents=True)
    file.write_bytes(b"garbage" * 10_000)
    ended, errors = ntm(tmp_path, environment, command)
    assert (ended, errors.count("\n")) == (1, 1)
    assert "make run" in errors
    (log,) = (tmp_path / "home" / "logs").iterdir()
    assert "Traceback" in log.read_text(encoding="utf-8")
    assert str(log) in errors


def test_a_wrong_form_of_the_office_stops_a_run_with_its_file_and_key(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    forms = tmp_path / "raw" / "reference" / "forms"
    forms.mkdir()
    (forms / "d01.yml").write_text("form: D01\ntitles: [Nợ đọng]\nrow: một công trình\n", encoding="utf-8")
    ended, errors = ntm(tmp_path, environment, "run")
    said = "forms/d01.yml: row: input should be a mapping of keys, not 'một công trình'\n"
    assert (ended, errors) == (2, said)
    assert not (tmp_path / "home" / "working.duckdb").exists()


def test_a_run_that_holds_the_lock_is_75(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "home").mkdir()
    hold = (
        "import time; from pathlib import Path; from pipelines.warehouse.lock import writing\n"
        f"with writing(Path({str(tmp_path / 'home' / 'run.lock')!r}), 0, print): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", hold], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "held\n"
        assert ntm(tmp_path, environment, "run")[0] == 75
        run.kill()
