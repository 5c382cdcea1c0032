"""Whatever is in a file, reading it ends in an incident or in a `PmdraftError`."""

import json
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pmdraft.errors import InputError, PmdraftError
from pmdraft.evidence import Incident
from pmdraft.ingest import gather
from pmdraft.ingest.alert_mapping import read_mapping
from pmdraft.ingest.alerts import read_alerts
from pmdraft.ingest.documents import read_documents
from pmdraft.ingest.salvage import salvaged
from pmdraft.ingest.tally import Named
from pmdraft.ingest.window import Window
from pmdraft.ingest.yaml_text import NotYaml, yaml_documents

DATA = Path(__file__).parent.parent / "data"
SAMPLES = [path for path in sorted(DATA.rglob("*")) if path.is_file() and path.stat().st_size < 20_000]
KEYS = ["event", "alerts", "labels", "startsAt", "ts", "text", "user", "messages", "data", "time", "status", "type"]
WORDS = [
    "firing",
    "incident.triggered",
    "2025-10-27T05:23:00Z",
    "14:23",
    "1761542580.000100",
    "<@U1>",
    "{{ x }}",
    "\x00",
]

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=20,
)
lines = st.lists(
    st.sampled_from(
        [*WORDS, "2025-10-27T05:23:00Z ERROR x", "\tat a.b", '{"ts": 1, "msg": "x"}', "---", "a: b", "- a: 1"]
    )
    | st.text(max_size=40),
    max_size=12,
).map("\n".join)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A sample that somebody else wrote, cut or with some bytes changed."""
    content = bytearray(draw(st.sampled_from(SAMPLES)).read_bytes())
    if content and draw(st.booleans()):
        del content[draw(st.integers(0, len(content) - 1)) :]
    for _ in range(draw(st.integers(0, 3))):
        if content:
            content[draw(st.integers(0, len(content) - 1))] = draw(st.integers(0, 255))
    return bytes(content)


contents = (
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass"))
    | lines.map(str.encode)
    | lines.map(lambda text: text.encode("utf-16"))
    | values.map(lambda value: json.dumps(value).encode())
    | st.lists(values, max_size=4).map(lambda many: "\n".join(map(json.dumps, many)).encode())
    | damaged()
)
names = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=40).filter(
    lambda name: name not in (".", "..") and len(name.encode()) < 200
)
slowly = settings(
    max_examples=120,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@slowly
@given(files=st.dictionaries(names, contents, min_size=1, max_size=4), zone=st.sampled_from([None, "Asia/Tokyo"]))
def test_a_folder_of_anything_gives_an_incident_or_a_clear_error(files: dict[str, bytes], zone: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        try:
            incident = gather(files=[folder], timezone=zone)
        except PmdraftError:
            return

    for source in incident.sources:
        assert source.read == source.used + sum(source.skipped.values())
    assert Incident.model_validate_json(incident.model_dump_json()) == incident


@slowly
@given(content=contents, form=st.sampled_from(["alerts", "logs", "transcripts"]))
def test_a_file_may_be_named_as_what_it_is_not(content: bytes, form: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        with suppress(PmdraftError):
            gather(**{form: [path]}, timezone="UTC")  # type: ignore[arg-type]  # the name is one of its own


@slowly
@given(content=contents)
def test_any_mapping_is_one_or_is_told(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mapping.toml"
        path.write_bytes(content)
        with suppress(InputError):
            read_mapping(path)


@slowly
@given(text=lines | st.text(max_size=200))
@example("a: &x [1]\nb: *x")
@example("!!python/object/apply:os.system [ls]")
@example("[" * 100_000)
@example("? {a: 1}\n: b")
def test_any_yaml_is_plain_data_or_is_none(text: str) -> None:
    try:
        documents = yaml_documents(text)
    except NotYaml:
        return

    assert json.loads(json.dumps(documents)) == documents


@slowly
@given(value=values, data=st.data())
def test_what_is_salvaged_of_json_is_how_it_begins(value: object, data: st.DataObject) -> None:
    text = json.dumps([value, 1])

    cut = text[: data.draw(st.integers(0, len(text) - 1))]
    found = salvaged(cut)

    if found is not None:
        assert isinstance(found.value, list)
        assert found.kept <= len(cut)
        assert json.dumps(found.value)[:-1].rstrip("]}").startswith("[")


@pytest.mark.parametrize("sample", [path for path in SAMPLES if path.parent.name == "own"], ids=lambda path: path.stem)
def test_a_sample_that_breaks_off_anywhere_gives_what_it_has(sample: Path, tmp_path: Path) -> None:
    content = sample.read_bytes()
    path = tmp_path / sample.name
    for end in range(1, len(content), max(1, len(content) // 40)):
        path.write_bytes(content[:end])
        try:
            reading = read_alerts([Named(path, path.name)], None, Window())
        except InputError:
            continue
        count = reading.sources[0]
        assert count.read == count.used + sum(count.skipped.values())


HOSTILE = {
    "deep JSON": "[" * 200_000,
    "deep JSON that ends": "[" * 100_000 + "]" * 100_000,
    "deep objects": '{"a":' * 50_000 + "1" + "}" * 50_000,
    "deep YAML": "a:\n" + "".join(" " * depth + "- \n" for depth in range(1, 400)),
    "YAML that multiplies": "a: &a [x, x]\n"
    + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)),
    "an endless line": "x" * 10_000_000,
    "an endless line with a time": "2025-10-27T05:23:00Z ERROR " + "x" * 10_000_000,
    "an endless JSON string": '{"time": "2025-10-27T05:23:00Z", "text": "' + "x" * 10_000_000,
    "NULs": "\0" * 100_000,
    "a log that begins with NULs": "\0" * 5_000 + "2025-10-27T05:23:00Z ERROR x\n" * 300,
    "beginnings without ends": "{\n" * 50_000,
    "lists without ends": "[\n" * 50_000,
    "numbers of thousands of digits": '{"time": ' + "9" * 100_000 + "}",
    "a thousand surrogates": '{"time": "2025-10-27T05:23:00Z", "text": "' + "\\ud800" * 1000 + '"}',
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_end_in_an_incident_or_a_clear_error(content: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(content, encoding="utf-8")

    try:
        incident = gather(files=[path], timezone="UTC")
    except PmdraftError:
        return
    assert all(len(item.text) < 100_000 for item in incident.evidence)


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b'{"alerts": "\xff\xfe\xfd"}')

    with pytest.raises(InputError, match="not UTF-8 text"):
        read_documents(path, "")


def test_what_lies_too_many_folders_down_is_told(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*"abcdefghijklmnopqrstuvwxyz")
    deep.mkdir(parents=True)
    (deep / "chat.txt").write_text("14:23 bob: down\n", encoding="utf-8")

    with pytest.raises(InputError, match="20 folders down; name it by itself"):
        gather(files=[tmp_path], timezone="UTC")
