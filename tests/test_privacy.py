"""No private value in any output or below .git/pmcli: secrets planted in every form, looked for."""

from __future__ import annotations

import io
import os
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from conftest import Desk
from planted import STRANGER, Planted, plant
from scenes import PATHS, bring

from pmcli.record.masking import Secrets
from pmcli.record.query import Query
from pmcli.store.office import built_in_folder, form_files, load_library

pytestmark = pytest.mark.usefixtures("settled")

TESTS = Path(__file__).parent
OWN = sorted(path.stem for path in (TESTS / "forms").glob("*.yaml"))
FORMS = sorted([*form_files(built_in_folder("forms"), "")[0], *OWN])
QUICK, ALL = ("txt", "wechat"), ("txt", "wechat", "html", "docx", "pdf")


@pytest.fixture(scope="module")
def office(
    ready_office: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[Planted]]:
    """An office with a record of every form in every state, each full of secrets."""
    root = tmp_path_factory.mktemp("planted") / "office"
    shutil.copytree(ready_office, root)
    (root / "forms").mkdir(exist_ok=True)
    for name in OWN:
        shutil.copy(TESTS / "forms" / f"{name}.yaml", root / "forms")
    planted = list(plant(root, load_library(root)))
    return root, planted


@pytest.fixture
def planted(office: tuple[Path, list[Planted]], monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(office[0], monkeypatch)


def of(office: tuple[Path, list[Planted]], form: str) -> list[Planted]:
    return [one for one in office[1] if one.form.name == form]


def text_of(path: Path) -> str:
    """What a printed file says, without blanks and line ends."""
    data = path.read_bytes()
    if path.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            data = b"".join(parts.read(n) for n in parts.namelist() if n.endswith(".xml"))
        text = re.sub(r"<[^>]*>", "", data.decode())
    elif path.suffix == ".pdf":
        from pypdf import PdfReader

        text = "".join(page.extract_text() for page in PdfReader(path).pages)
    elif path.suffix == ".xlsx":
        from openpyxl import load_workbook

        cells = (c.value for row in load_workbook(path).active.iter_rows() for c in row)
        text = "\n".join(str(value) for value in cells)
    else:
        text = data.decode()
    return bare(text)


def bare(text: str) -> str:
    return re.sub(r"[\s│|┃]", "", text)


def leaks(text: str, records: list[Planted], strangers: bool = True) -> list[str]:
    """The secrets that a text tells."""
    told = bare(text)
    return [s for r in records for s in r.secrets if s in told] + [
        s for s in STRANGER if strangers and s in told
    ]


@pytest.mark.parametrize("form", FORMS)
def test_every_secret_is_on_file(office: tuple[Path, list[Planted]], form: str) -> None:
    files = {p.stem: p.read_text("utf-8") for p in (office[0] / "records" / form).rglob("*.md")}
    for one in of(office, form):
        assert all(secret in files[one.id] for secret in one.secrets)


@pytest.mark.parametrize("form", FORMS)
def test_lists_mask(
    planted: Desk, office: tuple[Path, list[Planted]], form: str, tmp_path: Path
) -> None:
    one = of(office, form)[0].form
    columns = ",".join([*one.fields, *(c.name for c in one.list_columns)])
    for extra in ("", f" --columns {columns}"):
        for shown in ("table", "json", "csv"):
            listed = planted.do(f"{form} list --format {shown} --limit 99{extra}")
            assert leaks(listed.out + listed.err, office[1]) == []
        sheet = tmp_path / "list.xlsx"
        planted.do(f"{form} list --format xlsx -o {sheet}{extra}")
        assert leaks(text_of(sheet), office[1]) == []
    revealed = planted.do(f"{form} list --format json --reveal").json["records"]
    for record in of(office, form):
        row = next(r for r in revealed if r["id"] == record.id)
        assert leaks(str(row), [record], strangers=False) == record.secrets


def prints(desk: Desk, records: list[Planted], formats: tuple[str, ...], folder: Path) -> str:
    """What all public prints of a form say together."""
    said = ""
    form = records[0].form
    for layout in form.layouts.values():
        for shown in formats:
            target = folder / f"{layout.name}.{'txt' if shown == 'wechat' else shown}"
            tail = f"--layout {layout.name} --format {shown} --public -o {target}"
            if layout.over is not None:
                desk(f"{form.name} print --month 2026-03 {tail}")
            else:
                done = (desk(f"{form.name} print {one.id} {tail}").code for one in records)
                assert 0 in done, f"no record can be printed as {layout.name}"
            said += text_of(target)
    return said


@pytest.mark.parametrize("form", FORMS)
def test_public_prints_mask(
    planted: Desk, office: tuple[Path, list[Planted]], form: str, tmp_path: Path
) -> None:
    assert leaks(prints(planted, of(office, form), QUICK, tmp_path), office[1]) == []


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_public_prints_mask_in_every_format(
    planted: Desk, office: tuple[Path, list[Planted]], form: str, tmp_path: Path
) -> None:
    assert leaks(prints(planted, of(office, form), ALL, tmp_path), office[1]) == []


@pytest.mark.parametrize("shown", ALL)
def test_a_print_masks_in_each_format(
    planted: Desk, office: tuple[Path, list[Planted]], shown: str, tmp_path: Path
) -> None:
    repairs = of(office, "repair")[:1]
    target = tmp_path / f"page.{'txt' if shown == 'wechat' else shown}"
    planted.do(f"repair print {repairs[0].id} --format {shown} --public -o {target}")
    assert leaks(text_of(target), office[1]) == []
    assert "经反映" in text_of(target)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_said_beside_the_data_is_free_of_it(
    planted: Desk, office: tuple[Path, list[Planted]], form: str
) -> None:
    said = ""
    for one in of(office, form):
        said += planted(f"history {one.id}").out
        for step in one.form.transitions:
            if step != "new" and one.state not in one.form.transitions[step][0].from_:
                answer = planted(f"{form} {step} {one.id} --format json")
                said += answer.out + answer.err
    for line in (f"{form} --help", f"{form} new --help", f"{form} new", f"{form} list --help"):
        answer = planted(line)
        said += answer.out + answer.err
    assert leaks(said, office[1]) == []


def test_check_and_completion_tell_no_secret(
    planted: Desk, office: tuple[Path, list[Planted]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from pmcli.cli.completion import values
    from pmcli.cli.line.session import current

    checked = planted("check")
    assert leaks(checked.out + checked.err, office[1]) == []
    monkeypatch.chdir(planted.root)
    planted("visit list")
    items = values._record_items(current().library.names, (), "")
    assert len(items) > 50
    assert leaks(str([(i.value, i.help) for i in items]), office[1]) == []


@pytest.mark.parametrize("form", ["repair", "visit"])
def test_the_sweep_finds_what_is_not_masked(
    planted: Desk,
    office: tuple[Path, list[Planted]],
    form: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Secrets, "masked", lambda self, text, *_, **__: text)
    assert leaks(prints(planted, of(office, form), ("wechat",), tmp_path), office[1])
    assert leaks(planted.do(f"{form} list --format json").out, office[1])


def traces(desk: Desk) -> bytes:
    """Every byte below .git/pmcli and of the drafts, names of files too."""
    return b"".join(p.name.encode() + p.read_bytes() for p in kept_files(desk))


def kept_files(desk: Desk) -> list[Path]:
    tops = (desk.root / ".git/pmcli", desk.root / ".git/pmcli-drafts")
    return [path for top in tops for path in top.rglob("*") if path.is_file()]


def found(desk: Desk, *secrets: str) -> list[str]:
    kept = traces(desk)
    return [secret for secret in secrets if secret.encode() in kept]


PERSON = ("蒋秀英", "13800138000", "左耳失聪")
FILE = (
    "resident new --name 蒋秀英 --role owner --unit 3-2-501 --phone 13800138000 "
    "--since 2024-09-01 --consent-on 2024-09-01 --care 左耳失聪 --care-consent yes"
)


def refuse_an_edit(desk: Desk, number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "sed -i 's/^state: .*/state: nowhere/'")
    assert desk(f"resident edit {number} --file").code in (2, 4)


def test_erasing_leaves_no_trace(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    number = desk.do(FILE).id
    others = [desk.do(FILE.replace("蒋秀英", f"何{n}丽").replace("138000", f"139{n:03d}")).id
              for n in range(4)]  # fmt: skip
    desk.do("resident list")
    refuse_an_edit(desk, number, monkeypatch)
    refuse_an_edit(desk, number, monkeypatch)
    refuse_an_edit(desk, others[0], monkeypatch)
    beside = desk.root / f".git/pmcli-drafts/.{number}.md.swp"
    beside.write_text("蒋秀英", "utf-8")
    assert found(desk, *PERSON) == list(PERSON)
    desk.do(f"resident leave {number} --until 2026-03-01")
    desk.do("resident list")
    desk.do(f"resident erase {number} --erase-basis request --reason 本人要求 --by 陈立")
    assert found(desk, "蒋秀英", "13800138000") == []
    assert [p.stem for p in (desk.root / ".git/pmcli-drafts").iterdir()] == [others[0]]


def test_taking_back_leaves_no_trace(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    number = desk.do(FILE).id
    desk.do("resident list")
    refuse_an_edit(desk, number, monkeypatch)
    assert found(desk, *PERSON) == list(PERSON)
    desk.do(f"undo {number} --reason 登记错误")
    assert found(desk, *PERSON) == []


def test_what_is_kept_of_a_live_record_tells_nothing_private(desk: Desk) -> None:
    number = desk.do(FILE).id
    desk.do("resident list")
    assert found(desk, number) and found(desk, *PERSON) == []


def test_a_file_removed_outside_is_forgotten_when_its_form_is_read(desk: Desk) -> None:
    number = desk.do(FILE).id
    desk.do("resident list")
    assert found(desk, f"{number}.md")
    (desk.root / desk.show(number)["path"]).unlink()
    desk.do("resident list")
    assert found(desk, f"{number}.md") == []


def test_drafts_of_the_first_release_go_with_their_record(desk: Desk) -> None:
    number = desk.do(FILE).id
    place = desk.root / ".git/pmcli/edits"
    place.mkdir(parents=True)
    (place / f"{number}.md").write_text("蒋秀英", "utf-8")
    desk.do(f"resident leave {number} --until 2026-03-01")
    desk.do(f"resident erase {number} --erase-basis request --reason 本人要求 --by 陈立")
    assert list(place.iterdir()) == []


def test_what_the_first_release_kept_is_removed(desk: Desk) -> None:
    number = desk.do(FILE).id
    shutil.rmtree(desk.root / ".git/pmcli")
    (desk.root / ".git/pmcli").mkdir()
    before = desk.root / ".git/pmcli/cache.sqlite"
    before.write_text("蒋秀英", "utf-8")
    desk.do("resident list")
    assert not before.exists()
    before.write_text("蒋秀英", "utf-8")
    desk.do(f"resident leave {number} --until 2026-03-01")
    desk.do(f"resident erase {number} --erase-basis request --reason 本人要求 --by 陈立")
    assert not before.exists()


def test_a_changed_value_is_forgotten_at_once(desk: Desk) -> None:
    number = desk.do(FILE).id
    desk.do("resident list")
    desk.do(f"resident amend {number} --phone 13900139000 --reason 换号")
    assert found(desk, "13800138000") == []


def test_a_reader_who_was_slower_brings_nothing_back(desk: Desk) -> None:
    from pmcli.store.unit_of_work import Store

    number = desk.do(FILE).id
    desk.do(f"resident leave {number} --until 2026-03-01")
    slow = Store(desk.root).records
    flush, slow._index.flush = slow._index.flush, lambda: None  # type: ignore[method-assign]
    slow.find(Query(forms=("resident",)))
    desk.do(f"resident erase {number} --erase-basis request --reason 本人要求 --by 陈立")
    flush()
    assert found(desk, *PERSON) == []


def test_an_edit_that_succeeds_drops_those_that_were_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = desk.do(FILE).id
    refuse_an_edit(desk, number, monkeypatch)
    assert found(desk, "蒋秀英")
    monkeypatch.setenv("EDITOR", "sed -i 's/^care: .*/care: 听力不好/'")
    desk.do(f"resident edit {number} --file")
    assert list((desk.root / ".git/pmcli-drafts").iterdir()) == []


def test_a_killed_erasure_is_forgotten_by_the_next_command(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pmcli.store.journal import Journal

    number = desk.do(FILE).id
    desk.do("resident list")
    refuse_an_edit(desk, number, monkeypatch)
    desk.do(f"resident leave {number} --until 2026-03-01")
    with monkeypatch.context() as killed:
        killed.setattr("pmcli.store.unit_of_work.forget", lambda *_: None)
        killed.setattr(Journal, "end", lambda self: None)
        desk.do(f"resident erase {number} --erase-basis request --reason 本人要求 --by 陈立")
    assert found(desk, "蒋秀英")
    desk.do("visit list")
    assert found(desk, *PERSON) == []


def test_nobody_else_reads_what_is_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(desk.root / ".git/pmcli", ignore_errors=True)
    number = desk.do(FILE).id
    desk.do("resident list")
    refuse_an_edit(desk, number, monkeypatch)
    tops = [desk.root / ".git/pmcli", desk.root / ".git/pmcli-drafts"]
    kept = [*tops, *kept_files(desk)]
    assert {"index.sqlite3", f"{number}.md"} <= {path.name for path in kept}
    if os.name == "posix":
        assert [p for p in kept if p.stat().st_mode & 0o077] == []


def test_rows_that_sqlite_moved_are_gone_too(tmp_path: Path) -> None:
    from pmcli.store.index import Index, forget_rows

    folder = tmp_path / ".git" / "pmcli"
    (tmp_path / ".git").mkdir()
    database = Index._open(folder / "index.sqlite3")
    paths = [f"records/x/2026/01/{(n * 7919) % 100_003:06d}.md" for n in range(400)]
    for n, path in enumerate(paths):
        row = (path, "f", 1, 2, 3, 4, 1, "", "", "", "", f"SECRET{n:04d}" * (1 + n % 30), None, 0)
        with database:
            database.execute(
                "insert into record values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row
            )
    database.close()
    forget_rows(folder, paths[::2], wholly=True)
    left = b"".join(file.read_bytes() for file in folder.iterdir())
    assert [n for n in range(0, 400, 2) if f"SECRET{n:04d}".encode() in left] == []
    assert b"SECRET0001" in left


@pytest.mark.parametrize("form, state", [("repair", "closed"), ("resident", "erased")])
def test_commit_messages_name_nobody(desk: Desk, form: str, state: str) -> None:
    bring(desk, form, state)
    assert_messages_are_clean(desk)


@pytest.mark.slow
@pytest.mark.parametrize(
    "form, state", [(form, state) for form, states in PATHS.items() for state in states]
)
def test_every_commit_message_names_nobody(desk: Desk, form: str, state: str) -> None:
    bring(desk, form, state)
    assert_messages_are_clean(desk)


def assert_messages_are_clean(desk: Desk) -> None:
    messages = desk.git("log", "--format=%B%an%cn")
    assert not re.search(r"刘先生|王女士|何女士|丁先生|138000000\d\d|孙工", messages)
