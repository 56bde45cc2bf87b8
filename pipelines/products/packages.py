"""Office files as packages: the zip that .xlsx and .docx are, whose bytes depend on nothing but what is in it.

Here: packing anew what a library has packed, without its clock. Not here: what is in a file (workbooks.py, paper.py).
"""

import io
import re
import zipfile
from collections.abc import Callable

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip directory can name
_MARKUP = (".xml", ".rels", ".vml")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNWRITABLE_BYTES = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_PROPERTIES = "docProps/core.xml"
_CLOCK = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def writable(text: str) -> str:
    """Return a text without the characters that XML can't hold: control characters, halves of a pair, U+FFFE, U+FFFF."""
    return _UNWRITABLE.sub("", text)


def repack(package: io.BytesIO, change: Callable[[str, bytes], bytes] = lambda _, content: content) -> bytes:
    """Return a package with its parts in one order, at one time, unwritable characters left out.

    `change`: what becomes of a part, from its name and content.
    """
    tight = io.BytesIO()
    with (
        zipfile.ZipFile(package) as source,
        zipfile.ZipFile(tight, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as target,
    ):
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            content = change(name, source.read(name))
            if name.endswith(_MARKUP):
                content = _UNWRITABLE_BYTES.sub(b"", content)
            if name == _PROPERTIES:
                content = _CLOCK.sub(rb"\g<1>2000-01-01T00:00:00Z\g<3>", content)
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            target.writestr(member, content)
    return tight.getvalue()
