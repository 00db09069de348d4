"""Take a file in, within bounds: its bytes, or those of the files in a zip; text in the encoding that it is in.

House rules on size: a bank statement of a fund is small, so whatever is larger than `LARGEST` is a mistake or an
attack. A zip is read member by member against the same bound, whatever sizes it declares.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from importers.ground.cells import Cell
from importers.ground.refusal import refuse

LARGEST = 64 * 1024 * 1024
MEMBERS = 500
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or a member of a zip.

    `name` is what people call it, `encoding` that of its text, where somebody said so.
    """

    name: str
    content: bytes
    encoding: str | None = None
    sheets: dict[tuple[str, str], list[tuple[str, list[list[Cell]]]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What `grid.read_sheets` has read of it, by delimiter and encoding: many formats look at a table."""

    @property
    def sha256(self) -> str:
        """The digest of its bytes, in hexadecimal digits."""
        return sha256(self.content).hexdigest()


def read_head(source: Source) -> bytes:
    """Return the beginning of a file, by which its format is told: single bytes, without marks of byte order."""
    return source.content[:8192].replace(b"\x00", b"").lstrip(b"\xff\xfe\xef\xbb\xbf").replace(b"\r", b"\n").lstrip()


def read_file(path: Path, encoding: str | None = None) -> Source:
    """Read a file.

    Raises:
        RefusedFileError: when it is not there, empty, or larger than `LARGEST`.

    """
    if not path.is_file():
        raise refuse("", f"there is no file {path}.", "correct the name.")
    size = path.stat().st_size
    if size > LARGEST:
        raise refuse("", f"it has {size:,} bytes; at most {LARGEST:,} are read.", "export a shorter period.")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise refuse("", f"it cannot be read: {error.strerror}.") from error
    if not content.strip():
        raise refuse("", "it is empty.", "export it again.")
    return Source(path.name, content, encoding)


def read_members(source: Source) -> list[Source]:
    """Return the files in a zip, in the order of their names; a file that is none stands for itself.

    An XLSX is a zip too, and stands for itself.

    Raises:
        RefusedFileError: when the zip is damaged, encrypted, nested, or unpacks to more than `LARGEST`.

    """
    if not is_zip(source.content) or is_workbook(source.content):
        return [source]
    result, capacity = [], LARGEST
    with open_zip(source) as archive:
        names = sorted(info.filename for info in archive.infolist() if not info.is_dir())
        names = [name for name in names if not name.startswith("__MACOSX/")]
        if not names or len(names) > MEMBERS:
            raise refuse("", f"the zip holds {len(names)} files; between 1 and {MEMBERS} are expected.")
        for name in names:
            content = unpack(archive, name, capacity)
            capacity -= len(content)
            if is_zip(content) and not is_workbook(content):
                raise refuse(name, "a zip within a zip is not opened.", "unpack it first.")
            result.append(Source(f"{source.name}/{name}", content, source.encoding))
    return result


def is_zip(content: bytes) -> bool:
    """Return whether it is a zip, by its first bytes."""
    return content.startswith(b"PK\x03\x04")


def is_workbook(content: bytes) -> bool:
    """Return whether a zip is an XLSX workbook."""
    return is_zip(content) and b"[Content_Types].xml" in content and b"xl/" in content


def open_zip(source: Source) -> zipfile.ZipFile:
    """Open a zip.

    Raises:
        RefusedFileError: when it is damaged.

    """
    try:
        return zipfile.ZipFile(io.BytesIO(source.content))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
        raise refuse("", f"the zip is damaged ({error}).", "fetch it again.") from error


def unpack(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """Unpack one member, never more than `most` bytes, whatever size it declares.

    Raises:
        RefusedFileError: when it is damaged, encrypted or larger.

    """
    parts, size = [], 0
    try:
        with archive.open(name) as member:
            while size <= most and (chunk := member.read(_CHUNK)):
                size += len(chunk)
                parts.append(chunk)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        RuntimeError,
        EOFError,
        OSError,
        zlib.error,
    ) as error:
        raise refuse(
            name, f"it cannot be unpacked ({error}).", "unpack the zip by hand and import the files."
        ) from error
    if size > most:
        raise refuse(name, f"the zip unpacks to more than {LARGEST:,} bytes.", "export a shorter period.")
    return b"".join(parts)


def decode(source: Source) -> str:
    """Decode a text: by its byte order mark, in the encoding named, else as UTF-8 or Windows-1252 (older bank systems).

    Raises:
        RefusedFileError: when it holds NUL bytes, or bytes that the encoding does not have.

    """
    content, encoding, wrong = source.content, source.encoding, ""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif content.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    for name in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            text = content.decode(name)
        except (UnicodeDecodeError, LookupError) as error:
            wrong = str(error)
        else:
            if "\x00" in text:
                raise refuse(
                    f"line {text[: text.index(chr(0))].count(chr(10)) + 1}",
                    "a NUL byte stands in the text.",
                    "export the file again; it is damaged.",
                )
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise refuse(
        "",
        f"its text cannot be read as {encoding or 'UTF-8 or Windows-1252'} ({wrong}).",
        "say with --encoding which one it is (cp852, cp850, iso-8859-2 …), or export it as UTF-8.",
    )
