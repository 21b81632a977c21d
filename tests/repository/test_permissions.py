"""Every address has a lock, every lock is the one written down, and every key is tried in every lock."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from passerelle.policy import Answer, Permission
from passerelle.web.app import create_app
from tests.factories import NOON
from tests.installation import installed
from tests.policy.table import read_table
from tests.repository.doors import CANARY, OWN, STATES, Door, Neighbourhood, bare, doors_of, read_doors

TABLE = {(each.permission.value, each.state, each.role): each.answer for each in read_table()}
DOORS = read_doors()
LOCKED = [door for door in DOORS if door.permission != "public"]
# Everybody may ask the API, and what it shows of a sheet is what its page shows.
SHEETS_OF_THE_API = Door("GET", "/api/v1/sheets/<number:number>", Permission.VIEW_PUBLISHED)
OF_SHEETS = [door for door in [*LOCKED, SHEETS_OF_THE_API] if door.names_a_sheet]
FOR_EVERYBODY = (Permission.VIEW_PUBLISHED, Permission.VIEW_HISTORY)
# Parts of an address that are no number and no code: each is compared with something secret or fixed.
UNTYPED = {"<token>", "<digest>", "<name>"}
# Where only a question is asked; the answer goes elsewhere, by POST.
NEVER_BY_GET = ("publish", "submit", "withdraw", "changes", "start-revision", "sign-out", "theme", "undo")


@pytest.fixture(scope="module")
def place(empty_platform: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neighbourhood]:
    """One for all: what is refused changes nothing, and what is allowed is tried on a sheet of its own."""
    folder = tmp_path_factory.mktemp("doors")
    app = create_app(installed(folder, empty_platform), lambda: NOON)
    with app.extensions["passerelle"].sessions() as session:
        yield Neighbourhood(app, session)
    app.extensions["passerelle"].engine.dispose()


def test_every_address_is_written_down_with_its_lock(place: Neighbourhood) -> None:
    real = {door for _rule, door in doors_of(place.app)}
    written = set(DOORS)

    assert sorted(map(str, written - real)) == [], "gone or changed: a vanished address needs a redirect"
    assert sorted(map(str, real - written)) == [], "new: write it into tests/repository/urls.txt"
    assert [door for door, count in Counter(DOORS).items() if count > 1] == []


def test_every_lock_is_known_to_the_policy() -> None:
    assert {door.permission for door in LOCKED} <= {permission.value for permission in Permission}


def test_every_part_of_an_address_has_a_type(place: Neighbourhood) -> None:
    untyped = {
        part
        for rule, _door in doors_of(place.app)
        for part in (f"<{name}>" for name in rule.arguments)
        if part in rule.rule
    }

    assert untyped <= UNTYPED


def test_nothing_is_done_by_following_a_link(place: Neighbourhood) -> None:
    doors = [door for _rule, door in doors_of(place.app)]

    assert [d for d in doors if d.method == "GET" and d.pattern.rsplit("/", 1)[-1] in NEVER_BY_GET] == []
    assert {door.method for door in doors} == {"GET", "POST"}


def test_what_a_permission_is_about_stands_in_the_address() -> None:
    of_a_commune = {Permission.CREATE_SHEET, Permission.MANAGE_MEMBERS}
    of_nothing = {Permission.USE_DASHBOARD, Permission.SEE_QUEUE, Permission.EDIT_THESAURUS}

    for door in LOCKED:
        assert door.names_a_commune is (door.permission in of_a_commune), door
        assert door.names_a_sheet is (door.permission not in of_a_commune | of_nothing), door


def expected_status(door: Door, answer: Answer, role: str, state: str) -> str:
    """What a refusal looks like, or "served"."""
    if role in ("V", "S") and door.permission not in FOR_EVERYBODY:
        return "asked to sign in"
    if answer is Answer.HIDDEN:
        return "410" if state == "removed" and door.permission in FOR_EVERYBODY else "404"
    return "403" if answer is Answer.FORBIDDEN else "served"


def status_of(status: int, location: str | None) -> str:
    """What an answer looks like, in the words of `expected_status`."""
    if status == 401 or (location and "/sign-in" in location):
        return "asked to sign in"
    return "served" if status in (200, 302, 303, 400, 409, 422) else str(status)


@pytest.mark.parametrize("state", list(STATES))
@pytest.mark.parametrize("door", OF_SHEETS, ids=lambda door: f"{door.method}{door.pattern[12:]}")
def test_a_sheet_opens_for_whom_the_table_says_and_tells_the_others_nothing(
    place: Neighbourhood, door: Door, state: str
) -> None:
    for role in place.browsers:
        answer = TABLE[door.permission, state, role]
        wanted = expected_status(door, answer, role, state)
        writes = door.method == "POST" and wanted == "served"
        number = place.sheet(state) if writes else place.numbers[state]
        place.session.commit()
        before = place.version_of_the_data()

        got = place.ask(role, door, door.path(number))

        case = (role, door.method, door.pattern, state)
        assert (*case, status_of(got.status_code, got.location)) == (*case, wanted)
        if not writes:
            assert place.version_of_the_data() == before, (*case, "something was written")
        if wanted != "served":
            assert CANARY not in got.text, (*case, "a refusal says what it hides")
        if wanted in ("404", "asked to sign in"):
            assert (got.status_code, bare(got.text)) == place.body_of_nothing(role, door), case


@pytest.mark.parametrize(
    "door",
    [door for door in LOCKED if door.names_a_commune],
    ids=lambda door: f"{door.method}{door.pattern[12:]}",
)
def test_a_commune_opens_for_whom_the_table_says(place: Neighbourhood, door: Door) -> None:
    for role in place.browsers:
        wanted = expected_status(door, TABLE[door.permission, "commune", role], role, "commune")
        writes = door.method == "POST" and wanted == "served"
        member = place.make.user(of=place.quaregnon).memberships[0].id if writes else place.member
        place.session.commit()
        before = place.version_of_the_data()

        got = place.ask(role, door, door.path(member=member))

        case = (role, door.method, door.pattern)
        assert (*case, status_of(got.status_code, got.location)) == (*case, wanted)
        if not writes:
            assert place.version_of_the_data() == before, (*case, "something was written")
        if wanted in ("404", "asked to sign in"):
            assert (got.status_code, bare(got.text)) == place.body_of_nothing(role, door), case


@pytest.mark.parametrize(
    "door",
    [door for door in LOCKED if not door.names_a_commune and not door.names_a_sheet],
    ids=lambda door: f"{door.method}{door.pattern[12:]}",
)
def test_a_members_page_opens_for_whom_the_table_says(place: Neighbourhood, door: Door) -> None:
    for role in place.browsers:
        wanted = expected_status(door, TABLE[door.permission, "platform", role], role, "platform")
        if door.method == "POST" and wanted == "served":
            continue  # it ends sign-ins or changes one's own account: tested where it is done
        place.session.commit()
        before = place.version_of_the_data()

        got = place.ask(role, door, door.path())

        case = (role, door.method, door.pattern)
        assert (*case, status_of(got.status_code, got.location)) == (*case, wanted)
        assert place.version_of_the_data() == before, (*case, "something was written")


def test_a_member_of_another_commune_is_not_reached_through_ones_own(place: Neighbourhood) -> None:
    elsewhere = place.make.user(of=place.make.commune("44021"))
    member = elsewhere.memberships[0].id
    doors = [door for door in LOCKED if "<number:member>" in door.pattern]
    assert doors

    for door in doors:
        got = place.ask("M", door, door.path(member=member))

        leads_back = door.method == "GET" and (got.location or "").startswith(f"/en/communes/{OWN}/members")
        assert got.status_code == 404 or leads_back, door
        assert CANARY not in got.text


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_no_other_method_is_answered(place: Neighbourhood, method: str) -> None:
    for door in DOORS:
        if not door.pattern.startswith("/assets"):
            got = place.ask(
                "K", Door(method, door.pattern, door.permission), door.path(place.numbers["live"])
            )
            assert got.status_code in (404, 405), (method, door.pattern)
