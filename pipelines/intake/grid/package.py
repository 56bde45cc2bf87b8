"""A zip of parts (.xlsx, .xlsb, .ods): its limits of size, its parts by name, its relationships, its XML.

Here: what ECMA-376 part 2 says of packages, as leniently as the usual programs read it: names in any case, targets
relative, absolute or with dots, any prefix of a namespace, any encoding that XML knows. What a part says is its reader's.
"""

import io
import posixpath
import zipfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import unquote
from xml.parsers import expat

from pipelines.intake.model import Unreadable

_DEFLATE_RATIO = 1032
"""Deflate can't pack better: what a zip member can unpack to, whatever its directory says."""
_SMALL = 1 << 16
"""Parts of up to so many bytes are kept: some are asked for several times."""

Attributes = Mapping[str, str]
Begins = Callable[[str, Attributes], object]


class Relation(NamedTuple):
    """Where a part leads: the last word of the relationship's type ("worksheet"), the other part's name, as written."""

    kind: str
    part: str
    target: str


class Package:
    """The parts of a zip, by name in any case."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.members = archive.infolist()
        self._small: dict[str, bytes] = {}
        self._names = {_key(member.filename): member.filename for member in self.members}

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._names

    @property
    def names(self) -> list[str]:
        """All parts, in lower case."""
        return list(self._names)

    def written(self, name: str) -> str | None:
        """Return a part's name as it is written in the zip."""
        return self._names.get(_key(name))

    def read(self, name: str) -> bytes:
        """Return a part's bytes; none for a part that is not there."""
        written = self.written(name)
        if written is None:
            return b""
        if written not in self._small:
            data = self.archive.read(written)
            if len(data) > _SMALL:
                return data
            self._small[written] = data
        return self._small[written]

    def check_sizes(self, unpacked_max: float) -> None:
        """Refuse what unpacks to more than `unpacked_max` bytes, whatever the zip's directory says of it."""
        unpacked = sum(member.file_size for member in self.members)
        if unpacked > unpacked_max:
            raise Unreadable("too_large", size=unpacked, allowed=unpacked_max)
        if sum(member.compress_size for member in self.members) * _DEFLATE_RATIO > unpacked_max:
            for member in self.members:  # zipfile stops at the directory's size and then finds the checksum wrong
                with self.archive.open(member) as stream:
                    while stream.read(1 << 20):
                        pass

    def relations(self, part: str) -> Mapping[str, Relation]:
        """Return the relationships of a part ("" for the package's own), by id. Raises Unreadable for what is not XML."""
        folder, name = posixpath.split(part)
        return _relations(folder, self.read(posixpath.join(folder, "_rels", f"{name}.rels")))


@lru_cache(maxsize=256)
def _relations(folder: str, data: bytes) -> Mapping[str, Relation]:
    """Return the relationships that a part of a folder has; an office's workbooks have the same ones."""
    relations: dict[str, Relation] = {}

    def begin(tag: str, given: Attributes) -> None:
        if tag == "Relationship" and given.get("TargetMode", "Internal") != "External":
            written = given.get("Target", "")
            target = posixpath.join("/", folder, unquote(written).replace("\\", "/"))
            kind = given.get("Type", "").rpartition("/")[2]
            relations[given.get("Id", "")] = Relation(kind, posixpath.normpath(target).lstrip("/"), written)

    if data:
        parse(data, begin)
    return MappingProxyType(relations)


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def open_package(content: bytes) -> Package:
    """Return the parts of a zip. Raises what zipfile raises for a damaged one."""
    return Package(zipfile.ZipFile(io.BytesIO(content)))


# --- XML ----------------------------------------------------------------------------------------------------------------


def parse(
    data: bytes,
    begin: Begins,
    end: Callable[[str], object] | None = None,
    text: Callable[[str], object] | None = None,
) -> None:
    """Read XML, whatever its prefixes and its encoding; names come without namespace, a relationship's id as "r:id".

    Elements that are not part of the document's own vocabulary (extensions) come with theirs: "uri name". Raises
    Unreadable for what is not XML, and for a document type, which no program writes and attacks need.
    """
    reader = expat.ParserCreate(namespace_separator=" ")
    reader.buffer_text = True
    reader.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    names = _Names()

    def begins(name: str, given: dict[str, str]) -> None:
        for key in given:
            if " " in key:
                given = {names[key]: value for key, value in given.items()}
                break
        begin(names[name], given)

    reader.StartElementHandler = begins
    if end is not None:
        ends = end
        reader.EndElementHandler = lambda name: ends(names[name])
    if text is not None:
        reader.CharacterDataHandler = text
    reader.StartDoctypeDeclHandler = _refuse_doctype
    try:
        reader.Parse(data, True)
    except expat.ExpatError as error:
        raise Unreadable("damaged") from error


def _refuse_doctype(*_: Any) -> None:
    raise Unreadable("damaged")


_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "",
    "http://schemas.openxmlformats.org/package/2006/relationships": "",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r:",
    **{f"{_ODF}{name}:1.0": f"{name}:" for name in ("office", "table", "text", "style")},
    f"{_ODF}drawing:1.0": "draw:",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext:",
}
"""The vocabularies of workbooks: what their names are called here."""


class _Names(dict[str, str]):
    """Names as expat gives them ("uri name") → as the readers call them ("row", "r:id", "table:table-cell")."""

    def __missing__(self, name: str) -> str:
        space, _, local = name.rpartition(" ")
        prefix = _PREFIXES.get(space)
        short = name if space and prefix is None else f"{prefix or ''}{local}"
        self[name] = short
        return short
