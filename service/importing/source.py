"""Opens a CSV file, gzipped or not, and reads its header."""

import csv
import gzip
import io
import os
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, cast

from service.errors import UnusableError
from service.importing.records import Records
from service.importing.rejects import quote

GZIP_MAGIC: Final = b"\x1f\x8b"
HEADER_CHARS_MAX: Final = 1_000_000
COLUMNS_SHOWN_MAX: Final = 30

BROKEN: Final = (EOFError, zlib.error, gzip.BadGzipFile)
"""The errors of reading a gzip file that is cut off or damaged."""


class Source:
    """An open file: its columns, its records, and how much of it was read.

    Attributes:
        size: The size of the file on disk in bytes; None for a pipe.
    """

    def __init__(self, path: Path, raw: BinaryIO, lines: io.TextIOWrapper) -> None:
        self.path = path
        self._raw = raw
        self.size = os.fstat(raw.fileno()).st_size or None
        self.columns = self._read_header(lines)
        self.records = Records(lines, first_line=2)

    def bytes_read(self) -> int:
        """Return how many bytes of the file were read so far."""
        return self._raw.tell() if self._raw.seekable() else 0

    def column(self, name: str) -> int:
        """Return the index of a column.

        Raises:
            UnusableError: No column has this name, or several have.
        """
        found = [index for index, column in enumerate(self.columns) if column == name]
        if len(found) == 1:
            return found[0]
        if found:
            message = f"{self.path} has {len(found)} columns named {quote(name)}"
            raise UnusableError(message)
        there = ", ".join(quote(column) for column in self.columns[:COLUMNS_SHOWN_MAX])
        more = ", …" if len(self.columns) > COLUMNS_SHOWN_MAX else ""
        message = f"{self.path} has no column {quote(name)}; its columns are {there}{more}"
        raise UnusableError(message)

    def _read_header(self, lines: io.TextIOWrapper) -> list[str]:
        try:
            line = lines.readline(HEADER_CHARS_MAX)
        except BROKEN as error:
            raise broken(self.path, error) from error
        if not line:
            message = f"{self.path} is empty"
            raise UnusableError(message)
        try:
            columns: list[str] = next(csv.reader([line], strict=True), [""])
        except csv.Error as error:
            message = f"{self.path} is not a CSV file: its first line cannot be read ({error})"
            raise UnusableError(message) from error
        if not any(columns) or "\0" in line:
            message = f"{self.path} is not a CSV file: its first line names no columns"
            raise UnusableError(message)
        return columns


@contextmanager
def open_source(path: Path) -> Generator[Source]:
    """Open a CSV file; a gzipped file is recognised by its first bytes.

    Bytes that are not UTF-8 become lone surrogates, so that only their row is refused.

    Raises:
        UnusableError: The file does not exist, cannot be read, or has no header.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        message = f"{path}: {error.strerror}"
        raise UnusableError(message) from error
    with file:
        unpacked = cast("BinaryIO", gzip.GzipFile(fileobj=file)) if _is_gzip(path, file) else file
        with io.TextIOWrapper(unpacked, encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
            yield Source(path, file, lines)


def broken(path: Path, error: Exception) -> UnusableError:
    """Turn an error of `BROKEN` into a message about the file."""
    return UnusableError(f"{path} is cut off or damaged: {error}")


def _is_gzip(path: Path, file: io.BufferedReader) -> bool:
    begins_as_gzip = file.peek(len(GZIP_MAGIC)).startswith(GZIP_MAGIC)
    if path.suffix == ".gz" and not begins_as_gzip:
        empty = not file.peek(1)
        message = f"{path} is empty" if empty else f"{path} is not gzipped, though its name says so"
        raise UnusableError(message)
    return begins_as_gzip
