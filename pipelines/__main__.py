"""`python -m pipelines run`: read, build, check, publish, and say so on one screen. `ui` and `serve`: Dagster.

Here: the command line, its exit codes, the log file. Imports are inside the functions: the processes that read
workbooks import this module, too.
"""

import argparse
import gc
import logging
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dagster import ExecuteInProcessResult
    from rich.console import Console

    from pipelines.run_report import RunReport
    from pipelines.settings import Settings

DONE, NOT_PUBLISHED, WRONG_SETTINGS, LOCKED, INTERRUPTED = 0, 1, 2, 75, 130
PORT, CODE_PORT = 3000, 4266
PIPE_WIDTH = 140
COLLECTED_AFTER = 50_000, 20, 20
"""How often Python looks for circles among its objects: with its own numbers a run gave a twelfth of its time to that, and freed
nothing to speak of; what libraries leave at their import is millions of objects, looked at again and again."""
NO_RETRY = {"dagster/max_retries": "0"}
"""Of a run from the terminal: whoever started it sees how it ends; Dagster's daemon does not start it again."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code.

    0: published, or nothing new. 1: nothing published, the old file stands. 2: the environment or a reference file is
    broken. 75: another run was at work for longer than we wait.
    """
    chosen = _parser().parse_args(arguments)
    if chosen.command == "forms":
        return _write_forms()

    from pipelines.printing import printable
    from pipelines.reference.lists import ListError
    from pipelines.settings import Settings, SettingsError
    from pipelines.warehouse.lock import LockedError

    try:
        settings = Settings.from_environment()
        settings.make_home()
        settings.export()
        return _try_command(settings, chosen)
    except (SettingsError, ListError) as error:
        sys.stderr.write(f"{printable(error)}\n")
        return WRONG_SETTINGS
    except LockedError as error:
        sys.stderr.write(f"{printable(error)}\n")
        return LOCKED
    except KeyboardInterrupt:
        sys.stderr.write("interrupted; the published file is as it was, the next run goes on from here\n")
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pipelines", description=__doc__.split(":")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    running = commands.add_parser("run", help="read what is new, build, check, publish")
    running.add_argument(
        "--again",
        nargs="*",
        metavar="PATH",
        help="read these once more (a folder, a pattern; everything if none is given)",
    )
    commands.add_parser("ui", help="the same in Dagster").add_argument("--port", type=int, default=PORT)
    reading = commands.add_parser("preview", help="read a file, a folder or a .zip, load nothing")
    reading.add_argument("file", type=_place, metavar="FILE")
    serving = commands.add_parser("serve", help="one part of Dagster as a service")
    serving.add_argument("part", choices=["code", "pages", "daemon"])
    serving.add_argument("--host", default="127.0.0.1", help="of the pages: where they listen")
    pruning = commands.add_parser("prune", help="forget old runs and logs")
    pruning.add_argument("--days", type=int, default=90, help="how long they are kept")
    fetching = commands.add_parser("fetch", help="take in what came by mail")
    fetching.add_argument(
        "--let-in", nargs="*", default=[], metavar="MESSAGE=REPORTER", help="held messages, and whose they are"
    )
    _add_products(commands)
    _add_maintenance(commands)
    commands.add_parser(
        "forms", help="write what follows from the form definitions and from the list of published indicators"
    )
    tracing = commands.add_parser("trace", help="from a published figure to the files and cells behind it")
    tracing.add_argument("table", help="as in marts.commune_months")
    tracing.add_argument("terms", nargs="*", metavar="KEY", help="column=value …, and the column of the figure")
    tracing.add_argument("--all", action="store_true", help="every row, file and cell")
    return parser


def _add_products(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    for name, purpose in (
        ("outbox", "write the letters to reporters that would be sent, and send none"),
        ("send", "send reporters what there is to say"),
        ("receipts", "send each delivery back, marked"),
    ):
        commands.add_parser(name, help=purpose)
    commands.add_parser("templates", help="blank workbooks to hand out").add_argument("periods", nargs="*")
    commands.add_parser("trips", help="the inspection plan as workbooks").add_argument("month", nargs="?")
    commands.add_parser("bulletin", help="the month's report, to print and sign").add_argument("month", nargs="?")
    commands.add_parser("answers", help="what waits for the Office's decision, as a workbook to tick")
    commands.add_parser("duties", help="the notice, duty by duty")
    commands.add_parser("export", help="every published table as Parquet and CSV, with a dictionary")
    commands.add_parser("site", help="serve the pages of the last build").add_argument("--port", type=int, default=8000)


def _try_command(settings: "Settings", chosen: argparse.Namespace) -> int:
    """Do a command; what nobody expected (a damaged file, a full disk, a defect) is a line for the person, and whole in a log."""
    import duckdb

    from pipelines.printing import printable
    from pipelines.recovery import find_cause
    from pipelines.reference.lists import ListError
    from pipelines.settings import SettingsError
    from pipelines.warehouse.lock import LockedError

    try:
        return _command(settings, chosen)
    except (SettingsError, ListError, LockedError):
        raise
    except Exception as error:  # a line for the person, the whole of it in the log
        log_file = _log_to_file(settings)
        logging.getLogger(__name__).exception("%s broke off", chosen.command)
        line = find_cause(error, settings.home)
        if isinstance(error, duckdb.Error):
            line += ": make verify: tệp nào hỏng · which file is damaged; make run: làm lại · makes it again"
        sys.stderr.write(f"{printable(line)} ({printable(log_file)})\n")
        return NOT_PUBLISHED


def _add_maintenance(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add what keeps an installation alive, and what begins one."""
    commands.add_parser("doctor", help="what contradicts in the reference lists and forms")
    province = commands.add_parser("new-province", help="the raw folder of another province")
    province.add_argument("code", metavar="CODE")
    province.add_argument("--to", type=_place, default=None, metavar="FOLDER")
    province.add_argument("--from", dest="begins_on", default="", metavar="DAY", help="since when reports are owed")
    commands.add_parser("verify", help="whether archive, index, working file and published file are whole")
    backing_up = commands.add_parser("backup", help="copy what can't be made again")
    backing_up.add_argument("folder", type=_place, metavar="TO")
    restoring = commands.add_parser("restore", help="put back what is missing or damaged")
    restoring.add_argument("folder", type=_place, metavar="FROM")
    commands.add_parser("new-secret", help="make ids with another secret from now on, after the old one was lost")


def _write_forms() -> int:
    from pipelines.intake.forms import FormError, load_forms
    from pipelines.reference.lists import read_lists
    from pipelines.reference.models import PublishedIndicator
    from pipelines.scaffold import write_files
    from pipelines.settings import CHECKOUT, SEEDS_DIR

    try:
        written = write_files(load_forms(), read_lists(SEEDS_DIR)[PublishedIndicator], CHECKOUT)
    except FormError as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_SETTINGS
    sys.stdout.writelines(f"{path}\n" for path in written)
    return DONE


def _place(text: str) -> Path:
    """Return a path that was given; `make` hands on an empty one where it was not, which would be the current folder."""
    if not text.strip():
        raise argparse.ArgumentTypeError("thiếu đường dẫn · is missing")
    return Path(text)


def _command(settings: "Settings", chosen: argparse.Namespace) -> int:
    own = {
        "run": lambda: run(settings, _again(settings, chosen.again)),
        "ui": lambda: ui(settings, chosen.port),
        "serve": lambda: serve(settings, chosen.part, chosen.host),
        "prune": lambda: prune(settings, chosen.days),
    }
    if chosen.command in own:
        return own[chosen.command]()

    if chosen.command == "fetch":
        from pipelines.mail.command import show_fetch

        return show_fetch(settings, chosen.let_in)

    from pipelines import maintenance
    from pipelines.products import commands

    actions = {
        "preview": lambda: commands.show_preview(settings, chosen.file),
        "receipts": lambda: commands.make_receipts(settings),
        "templates": lambda: commands.make_templates(settings, chosen.periods),
        "outbox": lambda: commands.show_outbox(settings),
        "send": lambda: commands.send_letters(settings),
        "trips": lambda: commands.make_trips(settings, chosen.month),
        "bulletin": lambda: commands.make_bulletin(settings, chosen.month),
        "answers": lambda: commands.make_answers(settings),
        "duties": lambda: commands.make_duties(settings),
        "export": lambda: commands.make_export(settings),
        "doctor": lambda: maintenance.show_contradictions(settings),
        "new-province": lambda: maintenance.make_new_province(
            settings, chosen.code, chosen.to or Path(f"raw-{chosen.code}"), chosen.begins_on
        ),
        "site": lambda: commands.serve_site(settings, chosen.port),
        "verify": lambda: maintenance.show_verification(settings),
        "backup": lambda: maintenance.make_backup(settings, chosen.folder),
        "restore": lambda: maintenance.restore(settings, chosen.folder),
        "new-secret": lambda: maintenance.begin_new_secret(settings),
        "trace": lambda: commands.show_trace(settings, chosen.table, chosen.terms, is_whole=chosen.all),
    }
    return actions[chosen.command]()


def ui(settings: "Settings", port: int) -> int:
    """Serve Dagster with this installation's settings until interrupted."""
    import subprocess

    from pipelines.settings import CHECKOUT

    _prepare_dagster(settings)
    command = [sys.executable, "-m", "dagster", "dev", "--workspace", "workspace.yaml", "--port", str(port)]
    return subprocess.run(command, cwd=CHECKOUT, check=False).returncode  # noqa: S603 (our own interpreter)


def serve(settings: "Settings", part: str, host: str) -> int:
    """Become one part of Dagster as a service (deploy/), with this installation's settings: a signal reaches it itself."""
    import os

    from pipelines.settings import CHECKOUT

    _prepare_dagster(settings)
    os.chdir(CHECKOUT)
    module = ["--module-name", "pipelines.definitions", "--working-directory", str(CHECKOUT)]
    workspace = ["--workspace", "deploy/workspace.yaml"]
    arguments = {
        "code": [
            "dagster",
            "api",
            "grpc",
            *module,
            "--host",
            "127.0.0.1",
            "--port",
            str(CODE_PORT),
            "--location-name",
            "ntm",
        ],
        "pages": ["dagster_webserver", "--host", host, "--port", str(PORT), *workspace],
        "daemon": ["dagster._daemon", "run", *workspace],
    }[part]
    os.execv(sys.executable, [sys.executable, "-m", *arguments])  # noqa: S606 (our own interpreter)


def prune(settings: "Settings", days: int) -> int:
    """Forget runs of Dagster and log files older than so many days."""
    import datetime as dt

    import dagster as dg

    from pipelines.defs.pruning import prune_logs, prune_results, prune_runs

    before = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
    with dg.DagsterInstance.get() as instance:
        runs = prune_runs(instance, settings.dagster_home, before)
    logs = prune_logs(settings.logs_dir, before)
    results = prune_results(settings.home, before)
    sys.stdout.write(
        f"{runs} lần chạy, {logs} nhật ký, {results} kết quả kiểm tra đã xóa · "
        f"{runs} runs, {logs} logs, {results} results removed\n"
    )
    return DONE


def _again(settings: "Settings", paths: list[str] | None) -> list[str]:
    """Return what is to be read again as load has it: a path as the shell completes it becomes one below the raw folder."""
    if paths is None:
        return []
    below = []
    for path in paths or ["*"]:
        whole = Path(path).absolute()
        below.append(str(whole.relative_to(settings.raw_dir)) if whole.is_relative_to(settings.raw_dir) else path)
    return below


def run(settings: "Settings", again: list[str]) -> int:
    """Run the job under the lock and print the closing screen. `again`: deliveries to be read once more."""
    from rich.console import Console

    from pipelines.intake.forms import load_forms_of
    from pipelines.printing import in_markup
    from pipelines.products.screen import print_closing
    from pipelines.progress import watching
    from pipelines.recovery import find_cause, refuse_full_disk, set_aside_damaged
    from pipelines.reference.lists import read_lists
    from pipelines.run_report import last_report
    from pipelines.settings import SEEDS_DIR, SettingsError
    from pipelines.warehouse.engines import choose_engine
    from pipelines.warehouse.lock import writing
    from pipelines.warehouse.standing import find_standing

    console = Console(width=None if sys.stdout.isatty() else PIPE_WIDTH)
    lists = read_lists(SEEDS_DIR, settings.overlay_dir)
    if lists.own_forms:
        load_forms_of(lists)  # a wrong one is a line here, before anything begins
    wait = float(lists.parameter("lock_wait", settings.as_of))
    print_line = partial(console.print, highlight=False, markup=False, soft_wrap=True)
    with writing(settings.lock_file, wait, print_line):
        log_file = _log_to_file(settings)
        try:
            deliveries = None if again else find_standing(settings)
            if deliveries is not None:
                result, report = None, _end_early(settings, deliveries)
            else:
                refuse_full_disk(settings)
                choose_engine(settings).refuse_unusable()
                for line in set_aside_damaged(settings):
                    print_line(line)
                with watching(console) as watcher:
                    watcher.start("prepare", None)
                    result = _execute(settings, again)
                report = last_report()
            is_done = result is None or result.success
            print_closing(console, report, settings.published_file)
            if not is_done:
                _say_why(console, settings, result, report)
        except SettingsError:
            raise
        except Exception as error:  # a defect, a full disk: a line for the person, the whole of it in the log
            logging.getLogger(__name__).exception("the run broke off")
            line = in_markup(find_cause(error, settings.home))
            console.print(
                f"[bold red]Không công bố · Not published[/bold red]  {line}", highlight=False, soft_wrap=True
            )
            is_done = False
        console.print(f"[bold]Nhật ký · Log[/bold]  {in_markup(log_file)}", highlight=False, soft_wrap=True)
    return DONE if is_done else NOT_PUBLISHED


def _end_early(settings: "Settings", deliveries: int) -> "RunReport":
    """Do what is left to do where nothing is new: send what could not be sent before. Dagster is not even imported."""
    import datetime as dt

    from pipelines.products.alerts import send_alerts
    from pipelines.run_report import RunReport
    from pipelines.warehouse.load import Loaded

    logging.getLogger(__name__).info("nothing new: the published file stands")
    alerts = send_alerts(settings, [])
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    return RunReport(now, loaded=Loaded(known=deliveries), is_current=True, alerts=alerts)


def _execute(settings: "Settings", again: list[str]) -> "ExecuteInProcessResult":
    """Run the whole job in this process, recorded where the UI looks. Raises KeyboardInterrupt where it was told to end."""
    from pipelines.judging import FORKED_FROM, judging_beside
    from pipelines.warehouse.build import begin_parsing
    from pipelines.workers import start_early

    gc.set_threshold(*COLLECTED_AFTER)
    begin_parsing(settings)
    start_early(FORKED_FROM)
    with judging_beside():
        result = _execute_job(settings, again)
    if _is_interrupted(result):
        raise KeyboardInterrupt
    return result


def _execute_job(settings: "Settings", again: list[str]) -> "ExecuteInProcessResult":
    import dagster as dg  # 1.5 s

    from pipelines.definitions import defs
    from pipelines.defs.execution import JOB, LOG
    from pipelines.defs.history import event_log_held_open
    from pipelines.defs.intake.landed import LAND

    _place_dagster_settings(settings)
    job = defs().resolve_job_def(JOB)
    with dg.DagsterInstance.get() as instance, event_log_held_open(instance):
        return job.execute_in_process(
            instance=instance,
            run_config={"loggers": {LOG: {}}, "ops": {LAND: {"config": {"again": again}}}},
            tags=NO_RETRY,
            raise_on_error=False,
        )


def _is_interrupted(result: Any) -> bool:
    """Whether a step ended because the run was told to end (Ctrl-C, SIGTERM): Dagster catches that as the step's failure."""
    for event in result.all_events:
        error = event.step_failure_data.error if event.is_step_failure else None
        while error is not None:
            if error.cls_name == "DagsterExecutionInterruptedError":
                return True
            error = error.cause
    return False


def _say_why(console: "Console", settings: "Settings", result: Any, report: "RunReport | None") -> None:
    """Name what stopped publication: critical checks that failed, else the error of each failed step."""
    import duckdb

    from pipelines.printing import printable
    from pipelines.quality import CRITICAL
    from pipelines.recovery import choose_causes
    from pipelines.warehouse.checks import failures

    stands = (
        "tệp cũ giữ nguyên · the old file stands" if settings.published_file.exists() else "chưa có tệp · no file yet"
    )
    console.print(f"[bold red]Không công bố · Not published[/bold red]  {stands}", highlight=False)
    with duckdb.connect(str(settings.working_file)) as connected:
        failed = failures(connected, report.built_at, CRITICAL) if report and report.loaded else []
    for suite, check, wrong in failed:
        console.print(printable(f"  {suite}: {check}: {wrong}"), highlight=False, markup=False, soft_wrap=True)
    causes = report.failed_nodes if report else []
    if not failed and not causes:
        for event in result.all_events:
            if event.is_step_failure:
                error = event.step_failure_data.error
                while error.cause:
                    error = error.cause
                causes.append(f"{event.step_key}: {error.message.strip()}")
    for line in choose_causes(causes):
        console.print(f"  {printable(line)}", highlight=False, markup=False, soft_wrap=True)


def _prepare_dagster(settings: "Settings") -> None:
    """See to it that Dagster can start: its settings are there, and no file of its history is one that it would end on."""
    from pipelines.printing import printable
    from pipelines.recovery import set_aside_damaged_history

    _place_dagster_settings(settings)
    for line in set_aside_damaged_history(settings):
        sys.stderr.write(f"{printable(line)}\n")


def _place_dagster_settings(settings: "Settings") -> None:
    """Put the checkout's dagster.yaml where this installation keeps its runs; one that is there is the engineer's."""
    import shutil

    from pipelines.settings import CHECKOUT

    placed = settings.dagster_home / "dagster.yaml"
    if not placed.exists():
        shutil.copyfile(CHECKOUT / "dagster.yaml", placed)


def _log_to_file(settings: "Settings") -> Any:
    """Send every log line and warning of this process to a file of its own; return its path."""
    import datetime as dt

    from pipelines.settings import LOCAL_TIME

    file = settings.logs_dir / f"{dt.datetime.now(LOCAL_TIME):%Y-%m-%dT%H%M%S}.log"
    logging.basicConfig(
        filename=file, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", force=True
    )
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # a log that a full disk can't take must not put a traceback on the screen
    return file


if __name__ == "__main__":
    sys.exit(main())
