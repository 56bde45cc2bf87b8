"""Where things lie and as of which day is asked: the only reader of the environment.

Here: the three variables of the contract (`NTM_RAW_DIR`, `NTM_HOME`, `NTM_AS_OF`), the file of the secret (`NTM_SECRET_FILE`),
those of alerts (`NTM_ALERT_…`) and of the mailbox (`NTM_MAIL_…`), the switch of what starts by itself (`NTM_AUTOMATIC`), today's
date for who tries things out (`NTM_TODAY`), the engine (`NTM_ENGINE`, `NTM_SPARK_MASTER`), their defaults, and every path that
follows from them. Add a path here when a second module needs it.
Not here: rules of the programme (they are dated reference data), and anything that opens a database.
"""

import datetime as dt
import os
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Self
from urllib.parse import unquote, urlsplit

from pipelines.files import keep_private, make_public_folder

# openpyxl writes with lxml where it is installed (python-docx brings it), and then stops at characters that no workbook can
# hold, which packages.repack leaves out. It asks at its import.
os.environ["OPENPYXL_LXML"] = "False"

CHECKOUT = Path(__file__).resolve().parents[1]
DBT_PROJECT_DIR = CHECKOUT / "dbt_project"
SEEDS_DIR = DBT_PROJECT_DIR / "seeds"
EXPECTATIONS_DIR = CHECKOUT / "expectations"
LOCAL_TIME = dt.timezone(dt.timedelta(hours=7), "Asia/Ho_Chi_Minh")  # one offset since 1975, no summer time


class SettingsError(Exception):
    """The environment can't be worked with; the message is the one line a person needs."""


MAIL_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True)
class MailServer:
    """A server that takes mail. `scheme` is one of MAIL_PORTS: plain, upgraded to TLS, or TLS from the start."""

    scheme: str
    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def where(self) -> str:
        """What may be shown of it."""
        return f"{self.host}:{self.port}"


@dataclass(frozen=True)
class Mail:
    """By which server alerts are sent, from which address, and to whom."""

    server: MailServer
    sender: str
    recipients: tuple[str, ...]


@dataclass(frozen=True)
class LetterSettings:
    """Mail to reporters: from which address, where replies go if not there, and by which server; None: none is ever sent."""

    sender: str
    reply_to: str = ""
    server: MailServer | None = None


@dataclass(frozen=True)
class AlertSettings:
    """Where alerts go; nowhere unless the environment says so. A webhook's address is as good as a password."""

    mail: Mail | None = None
    webhook: str | None = field(default=None, repr=False)


MAILBOX_PORTS = {"imap+starttls": 143, "imaps": 993}
LEAVE, MARK_SEEN, MOVE_TO = "leave", "seen", "move:"
"""What becomes of a message on the server once it is kept here: nothing, marked as read, moved to the folder named then."""


@dataclass(frozen=True)
class MailboxSettings:
    """The mailbox that reports come to. `scheme` is one of MAILBOX_PORTS: upgraded to TLS, or TLS from the start.

    `authserv_id`: the name by which the receiving server signs its `Authentication-Results`; blank: it writes none.
    `trusts_unchecked`: whether a sender counts of whom the server says nothing at all. `afterwards`: LEAVE, MARK_SEEN, or
    MOVE_TO and a folder. `own_addresses`: from which our own mails come.
    """

    scheme: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    authserv_id: str = ""
    trusts_unchecked: bool = False
    afterwards: str = LEAVE
    own_addresses: frozenset[str] = frozenset()

    @property
    def where(self) -> str:
        """What may be shown of it."""
        return f"{self.host}:{self.port}"


DUCKDB, SPARK = ENGINES = ("duckdb", "spark")


@dataclass(frozen=True)
class SparkSettings:
    """The cluster that reads deliveries and builds models in place of this machine's DuckDB.

    `master`: as Spark writes it (spark://host:port, local[*], yarn). `java`: the program that Spark's driver runs in, None
    where there is none.
    """

    master: str = "local[*]"
    java: Path | None = None


@dataclass(frozen=True)
class Settings:
    """The folders of one installation, the day it is asked as of, where its alerts go, and whether runs start by themselves.

    `raw_dir` is read and never written, but for what `make restore` puts back there; everything the pipeline writes lies
    under `home`. Both are absolute. `as_of` is a day in Asia/Ho_Chi_Minh: what was received by its end counts
    (quality.md, "Time"). `today`: today's date there, by the clock unless `NTM_TODAY` names another.
    `is_automatic`: Dagster's sensors and schedules that start runs are on from the first start; whoever uses the UI can turn
    each on or off later. `named_as_of`: the day as the environment names it, blank where the raw folder or the clock is asked.
    `named_secret_file`: where the environment has the secret that ids are made with, if it says so.
    `mailbox`: where reports come by mail, if anywhere. `letters`: how reporters are written to, if at all. `spark`: the cluster
    that reads and builds; None: DuckDB on this machine does.
    """

    raw_dir: Path
    home: Path
    as_of: dt.date
    alerts: AlertSettings = AlertSettings()
    is_automatic: bool = False
    named_as_of: str = ""
    named_secret_file: Path | None = None
    mailbox: MailboxSettings | None = None
    today: dt.date | None = None
    letters: LetterSettings | None = None
    spark: SparkSettings | None = None

    @classmethod
    def from_environment(
        cls,
        environment: Mapping[str, str] = os.environ,
        *,
        reads_raw: bool = True,
        instead: Mapping[str, str] = MappingProxyType({}),
    ) -> Self:
        """Read the variables of the contract; a blank one counts as unset. `reads_raw`: the raw folder is needed at once.

        `instead`: variables that count in place of the environment's.
        Raises SettingsError for a raw folder that is missing or can't be listed, for a day that is not an ISO date, for an
        engine that is none, and for an address that nothing can be sent to or from.
        """
        environment = {**environment, **instead}
        raw_dir = Path(environment.get("NTM_RAW_DIR") or CHECKOUT / "raw").expanduser().absolute()
        home = Path(environment.get("NTM_HOME") or CHECKOUT / "var").expanduser().absolute()
        if reads_raw and not raw_dir.is_dir():
            raise SettingsError(f"NTM_RAW_DIR: there is no folder {raw_dir}")
        if reads_raw and not os.access(raw_dir, os.R_OK | os.X_OK):
            raise SettingsError(f"NTM_RAW_DIR: no right to read {raw_dir}")
        today = _read_today(environment)
        as_of = _read_as_of(environment.get("NTM_AS_OF", ""), raw_dir / "AS_OF", today)
        alerts = AlertSettings(_read_mail(environment), _read_webhook(environment))
        is_automatic = _read_switch(environment, "NTM_AUTOMATIC")
        named_as_of = environment.get("NTM_AS_OF", "").strip()
        named = environment.get("NTM_SECRET_FILE", "").strip()
        secret_file = Path(named).expanduser().absolute() if named else None
        mailbox = _read_mailbox(environment, alerts)
        letters = _read_letters(environment, mailbox)
        spark = _read_engine(environment)
        return cls(raw_dir, home, as_of, alerts, is_automatic, named_as_of, secret_file, mailbox, today, letters, spark)

    def require_today(self, vi: str, en: str) -> None:
        """Refuse to deal with people over a question about another day than today; the texts say what is not done then.

        Raises SettingsError.
        """
        if self.as_of != self.today:
            raise SettingsError(
                f"hỏi theo ngày {self.as_of}, hôm nay là {self.today}: {vi} · asked as of {self.as_of}, "
                f"today is {self.today}: {en}"
            )

    def make_home(self) -> None:
        """Create `home` and the folders in it; what this process makes from now on is private unless it is said to be public.

        Raises SettingsError if that can't be done, or if it lies in the raw folder.
        """
        try:
            home, raw_dir = self.home.resolve(), self.raw_dir.resolve()
        except (OSError, RuntimeError) as error:  # a link that leads round in a circle
            raise SettingsError(f"NTM_HOME: {self.home} leads nowhere: {error}") from error
        if home.is_relative_to(raw_dir):
            raise SettingsError(f"NTM_HOME: {self.home} lies in the raw folder {raw_dir}, which is never written")
        try:
            keep_private()
            for folder in (self.home, self.published_file.parent, self.site_dir):
                make_public_folder(folder)
            for folder in (self.archive_dir, self.logs_dir, self.dagster_home):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(f"NTM_HOME: {self.home} can't be made: {error.strerror}") from error
        if not os.access(self.home, os.W_OK | os.X_OK):
            raise SettingsError(f"NTM_HOME: no right to write {self.home}")

    def export(self) -> None:
        """Show the libraries of this process, and the programs it starts, where to write, and to report nothing home.

        A `DAGSTER_HOME` that is set stays: who runs Dagster elsewhere sees our runs there.
        """
        os.environ |= {
            "NTM_RAW_DIR": str(self.raw_dir),
            "NTM_HOME": str(self.home),
            "NTM_WORKING_FILE": str(self.working_file),
            "DAGSTER_HOME": os.environ.get("DAGSTER_HOME") or str(self.dagster_home),
            "DO_NOT_TRACK": "1",
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "GX_ANALYTICS_ENABLED": "false",
        }
        if self.named_secret_file:
            os.environ["NTM_SECRET_FILE"] = str(self.named_secret_file)
        if self.spark:  # of machines whose checkout lies elsewhere, who runs the cluster says so
            os.environ["PYSPARK_PYTHON"] = os.environ.get("PYSPARK_PYTHON") or sys.executable

    @property
    def overlay_dir(self) -> Path:
        """The office's own reference files; need not exist."""
        return self.raw_dir / "reference"

    @property
    def archive_dir(self) -> Path:
        """Every byte ever received, by SHA-256."""
        return self.home / "archive"

    @property
    def working_file(self) -> Path:
        """The DuckDB file that runs write and no reader opens."""
        return self.home / "working.duckdb"

    @property
    def inbox_dir(self) -> Path:
        """What came by mail: the second root of deliveries, a folder per message."""
        return self.home / "inbox"

    @property
    def messages_file(self) -> Path:
        """What became of each message."""
        return self.home / "messages.jsonl"

    @property
    def letters_file(self) -> Path:
        """What was sent to reporters."""
        return self.home / "letters.jsonl"

    @property
    def outbox_dir(self) -> Path:
        """What would be sent to reporters now, a file per letter."""
        return self.home / "outbox"

    @property
    def letters_lock_file(self) -> Path:
        """Held by the one process that writes to reporters."""
        return self.home / "letters.lock"

    @property
    def published_file(self) -> Path:
        """The DuckDB file that readers open."""
        return self.home / "published" / "ntm.duckdb"

    @property
    def reports_dir(self) -> Path:
        """What is printed and signed: the monthly bulletin, the notice duty by duty."""
        return self.home / "reports"

    @property
    def site_dir(self) -> Path:
        """The site: index.html, and one page per suite under suites/."""
        return self.home / "site"

    @property
    def front_page(self) -> Path:
        """The page of the site to begin with."""
        return self.site_dir / "index.html"

    @property
    def boundaries_file(self) -> Path:
        """The office's own boundaries of units, for maps; need not exist."""
        return self.overlay_dir / "boundaries.geojson"

    @property
    def alerts_file(self) -> Path:
        """What was sent already, by channel."""
        return self.home / "alerts.json"

    @property
    def secret_file(self) -> Path:
        """The secret that ids are made with, for the account that runs the pipeline alone."""
        return self.named_secret_file or self.home / "secret"

    @property
    def logs_dir(self) -> Path:
        """One log file per run."""
        return self.home / "logs"

    @property
    def lock_file(self) -> Path:
        """Held by the one run that writes."""
        return self.home / "run.lock"

    @property
    def standing_file(self) -> Path:
        """What the last run saw, by which the next one knows that nothing is new."""
        return self.home / "standing.json"

    @property
    def running_dir(self) -> Path:
        """One locked file per run that waits or works."""
        return self.home / "running"

    @property
    def dbt_dir(self) -> Path:
        """What dbt writes beside the database: manifest, compiled SQL, its log."""
        return self.home / "dbt"

    @property
    def spark_dir(self) -> Path:
        """What Spark has read and built, as Parquet: on a path that every machine of its cluster has."""
        return self.home / "spark"

    @property
    def dagster_home(self) -> Path:
        """Runs, events and schedules of Dagster."""
        return self.home / "dagster"


def _read_today(environment: Mapping[str, str]) -> dt.date:
    if named := environment.get("NTM_TODAY", "").strip():
        return _read_date(named, "NTM_TODAY")
    return dt.datetime.now(LOCAL_TIME).date()


def _read_as_of(variable: str, file: Path, today: dt.date) -> dt.date:
    """The day asked for: the variable, else the raw folder's file, else today where the office is."""
    if variable.strip():
        return _read_date(variable, "NTM_AS_OF")
    try:
        return _read_date(file.read_text(encoding="utf-8-sig"), str(file))
    except FileNotFoundError:
        return today
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} can't be read: {error}") from error


def _read_date(text: str, source: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise SettingsError(f"{source}: {text.strip()!r} is not a date; use YYYY-MM-DD") from None


def _read_switch(environment: Mapping[str, str], variable: str) -> bool:
    text = environment.get(variable, "").strip()
    if text not in {"", "no", "yes"}:
        raise SettingsError(f"{variable}: {text!r} is not a switch; use yes or no")
    return text == "yes"


def _read_engine(environment: Mapping[str, str]) -> SparkSettings | None:
    """Return the cluster, if one is to read and build; `NTM_SPARK_MASTER` alone changes nothing."""
    engine = environment.get("NTM_ENGINE", "").strip() or DUCKDB
    if engine not in ENGINES:
        raise SettingsError(f"NTM_ENGINE: {engine!r} is not an engine; use {' or '.join(ENGINES)}")
    if engine == DUCKDB:
        return None
    of_java_home = environment.get("JAVA_HOME", "").strip()  # Spark looks there first
    java = shutil.which("java", path=str(Path(of_java_home) / "bin") if of_java_home else None)
    master = environment.get("NTM_SPARK_MASTER", "").strip() or SparkSettings.master
    return SparkSettings(master, Path(java) if java else None)


def _read_mail(environment: Mapping[str, str]) -> Mail | None:
    """The mail server, as in smtp+starttls://user:password@host:587, and the addresses."""
    url, receivers = environment.get("NTM_ALERT_SMTP", "").strip(), environment.get("NTM_ALERT_MAIL_TO", "").strip()
    if not url and not receivers:
        return None
    if not url or not receivers:
        raise SettingsError("NTM_ALERT_SMTP and NTM_ALERT_MAIL_TO: set both or neither")
    server = _read_mail_server("NTM_ALERT_SMTP", url)
    recipients = tuple(address.strip() for address in receivers.split(","))
    sender = environment.get("NTM_ALERT_MAIL_FROM", "").strip() or recipients[0]
    for address in (*recipients, sender):
        _refuse_no_address("NTM_ALERT_MAIL_TO, NTM_ALERT_MAIL_FROM", address)
    return Mail(server, sender, recipients)


def _read_mail_server(name: str, url: str) -> MailServer:
    try:
        parts = urlsplit(url)
        usual_port = MAIL_PORTS[parts.scheme]
        port = parts.port or usual_port
    except (ValueError, KeyError):
        raise SettingsError(f"{name}: begin with one of {', '.join(MAIL_PORTS)}, as in smtp://host:25") from None
    if not parts.hostname:
        raise SettingsError(f"{name}: names no host; expected smtp://host:25")
    if parts.password and parts.scheme == "smtp":
        raise SettingsError(f"{name}: a password is sent under TLS only; use smtp+starttls:// or smtps://")
    user, password = (unquote(part) if part else None for part in (parts.username, parts.password))
    return MailServer(parts.scheme, parts.hostname, port, user, password)


def _read_letters(environment: Mapping[str, str], mailbox: MailboxSettings | None) -> LetterSettings | None:
    """How reporters are written to: from the address that is named, else from the mailbox's own."""
    name, url = _read_secret(environment, "NTM_MAIL_SMTP")
    inbox = mailbox.user if mailbox and "@" in mailbox.user else ""
    sender = environment.get("NTM_MAIL_FROM", "").strip() or inbox
    server = _read_mail_server(name, url) if url else None
    if not sender:
        if server:
            raise SettingsError(f"NTM_MAIL_FROM: {name} is set, and nobody's address to send from")
        return None
    _refuse_no_address("NTM_MAIL_FROM", sender)
    return LetterSettings(sender, inbox if inbox.lower() != sender.lower() else "", server)


def _refuse_no_address(name: str, address: str) -> None:
    if not is_address(address):
        raise SettingsError(f"{name}: {address!r} is not an e-mail address")


def is_address(text: str) -> bool:
    """Whether a text is an e-mail address, as far as its form says."""
    return re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", text) is not None


def _read_mailbox(environment: Mapping[str, str], alerts: AlertSettings) -> MailboxSettings | None:
    """The mailbox, as in imaps://user:password@host:993, from the variable or from the file that another one names."""
    name, url = _read_secret(environment, "NTM_MAIL_IMAP")
    if not url:
        return None
    expected = f"{name}: expected imaps://user:password@host:993, special characters percent-encoded"
    try:
        parts = urlsplit(url)
        port = parts.port or MAILBOX_PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise SettingsError(f"{expected}; it begins with one of {', '.join(MAILBOX_PORTS)}") from None
    if not (parts.hostname and parts.username and parts.password):
        raise SettingsError(f"{expected}; host, user and password are needed")
    user, password = unquote(parts.username), unquote(parts.password)
    afterwards = environment.get("NTM_MAIL_AFTERWARDS", "").strip() or LEAVE
    if afterwards not in {LEAVE, MARK_SEEN} and not re.fullmatch(rf"{MOVE_TO}.*\S.*", afterwards):
        raise SettingsError(f"NTM_MAIL_AFTERWARDS: {afterwards!r} is not one of leave, seen, move:<folder>")
    own = {user, alerts.mail.sender if alerts.mail else "", environment.get("NTM_MAIL_FROM", "").strip()}
    return MailboxSettings(
        parts.scheme,
        parts.hostname,
        port,
        user,
        password,
        environment.get("NTM_MAIL_FOLDER", "").strip() or "INBOX",
        environment.get("NTM_MAIL_AUTHSERV", "").strip().lower(),
        _read_switch(environment, "NTM_MAIL_TRUST_UNCHECKED"),
        afterwards,
        frozenset(address.lower() for address in own if "@" in address),
    )


def _read_secret(environment: Mapping[str, str], variable: str) -> tuple[str, str]:
    """Return a secret, and which variable it is from: itself, or `…_FILE`, which names a file that holds it."""
    named, file = environment.get(variable, "").strip(), environment.get(f"{variable}_FILE", "").strip()
    if named and file:
        raise SettingsError(f"{variable} and {variable}_FILE: set one of them")
    if not file:
        return variable, named
    try:
        return f"{variable}_FILE", Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{variable}_FILE: {file} can't be read: {getattr(error, 'strerror', error)}") from error


def _read_webhook(environment: Mapping[str, str]) -> str | None:
    """The address of a webhook, as in https://user:password@host/path; it is never shown."""
    url = environment.get("NTM_ALERT_WEBHOOK", "").strip()
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # of the port, or of brackets
        is_address = False
    if url and (not is_address or re.search(r"\s", url)):
        raise SettingsError("NTM_ALERT_WEBHOOK: not a URL; expected https://host/path")
    return url or None
