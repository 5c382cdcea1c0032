"""A zip that has the same bytes wherever and whenever it is packed, and shows every byte that was changed.

Members are stored, not compressed: compressors differ between machines, and what is not packed cannot
explode. `SHA256SUMS` holds the members' hashes in the form that `sha256sum --check` reads.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from pmdraft.errors import InputError
from pmdraft.reading import read_bytes

SUMS = "SHA256SUMS"
_LARGEST = 512 * 1024 * 1024
_MOST_MEMBERS = 2000
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,100}(?:/[A-Za-z0-9_.-]{1,100}){0,8}")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def pack(members: Mapping[str, bytes]) -> bytes:
    """A zip of these members, and of their hashes."""
    whole = {**members, SUMS: _sums(members)}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(whole):
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.create_system = 3  # Unix, on any machine
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, whole[name])
    return buffer.getvalue()


class Archive:
    """A zip that was read, whoever made it.

    Args:
        path: the file.

    Raises:
        InputError: it cannot be read, or is no zip that `pack` makes.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._data = _read(path)
        self.sha256 = hashlib.sha256(self._data).hexdigest()
        self.members: dict[str, bytes] = {}
        self.damaged: list[str] = []
        """Names of members whose content is not what the zip itself says."""
        try:
            with zipfile.ZipFile(io.BytesIO(self._data)) as archive:
                self._check(archive.infolist())
                for entry in archive.infolist():
                    self._take(archive, entry)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, RuntimeError, EOFError, OSError) as error:
            what = "a broken zip" if self._data.startswith(b"PK") else "no bundle"
            raise InputError(f"{path}: {what} ({error}); name the zip file that --bundle wrote") from error

    def changed(self) -> Iterator[tuple[str, str]]:
        """Every place that is not as it was packed, with what is wrong there."""
        for name in self.damaged:
            yield name, "was changed: its checksum in the zip is another one"
        known = dict(_read_sums(self.members.get(SUMS, b"")))
        if SUMS not in self.members and SUMS not in self.damaged:
            yield SUMS, "is missing, and with it the hashes of everything else"
            return
        for name, data in self.members.items():
            if name != SUMS and known.get(name) != hashlib.sha256(data).hexdigest():
                yield name, f"was changed: its hash is not the one in {SUMS}" if name in known else "was added"
        for name in known:
            if name not in self.members and name not in self.damaged:
                yield name, f"is missing; {SUMS} has it"
        if not self.damaged:
            yield from self._changed_frame()

    def _changed_frame(self) -> Iterator[tuple[str, str]]:
        """Bytes of the zip itself, such as a member's date, that are not as `pack` writes them."""
        expected = pack({name: data for name, data in self.members.items() if name != SUMS})
        if self._data != expected:
            pairs = enumerate(zip(self._data, expected, strict=False))
            at = next((place for place, (a, b) in pairs if a != b), min(len(self._data), len(expected)))
            yield f"byte {at}", "of the zip itself was changed, outside of any member's content"

    def _check(self, entries: list[zipfile.ZipInfo]) -> None:
        names = [entry.filename for entry in entries]
        if len(names) > _MOST_MEMBERS or sum(entry.file_size for entry in entries) > len(self._data):
            raise InputError(f"{self._path}: holds more than its size allows; this is no bundle of pmdraft")
        for entry in entries:
            odd = not _NAME.fullmatch(entry.filename) or set(entry.filename.split("/")) & {".", ".."}
            if odd or names.count(entry.filename) > 1:
                raise InputError(f"{self._path}: member {entry.filename!r} has no business in a bundle of pmdraft")
            if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 0x1:
                raise InputError(f"{self._path}: {entry.filename} is compressed or encrypted; no bundle of pmdraft is")

    def _take(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
        try:
            self.members[entry.filename] = archive.read(entry)
        except zipfile.BadZipFile:
            self.damaged.append(entry.filename)


def _read(path: Path) -> bytes:
    try:
        return read_bytes(path, _LARGEST)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check the path") from error


def _sums(members: Mapping[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(members.items()))
    return "".join(lines).encode()


def _read_sums(data: bytes) -> Iterator[tuple[str, str]]:
    for line in data.decode("ascii", errors="replace").splitlines():
        digest, _, name = line.partition("  ")
        yield name, digest
