"""`passerelle users` invites, disables, enables and lists."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.accounts.models import Role, User
from passerelle.accounts.queries import user_by_email
from tests.cli.conftest import Call, Environment
from tests.factories import NOON, Factories


def mails(environment: Environment) -> list[str]:
    """The mails that were sent."""
    folder = Path(environment["MAIL_URL"].removeprefix("file:"))
    return [file.read_text() for file in sorted(folder.glob("*"))] if folder.exists() else []


def invited(session: Session, email: str) -> User:
    """The person with this address."""
    session.expire_all()
    return session.scalars(user_by_email(email)).one()


def test_an_invited_member_gets_a_mail_and_no_password(
    call: Call, prepared: Environment, session: Session
) -> None:
    result = call(
        prepared, "users", "invite", "New.Person@Commune.example", "--commune", "Luik", "--role", "manager"
    )

    assert (result.exit_code, result.stdout) == (0, "Invited New.Person@Commune.example.\n")
    person = invited(session, "new.person@commune.example")
    assert person.password_hash is None
    assert [(each.commune_nis, each.role) for each in person.memberships] == [("62063", Role.MANAGER)]
    (mail,) = mails(prepared)
    assert "new.person@commune.example" in mail.lower()


@pytest.mark.parametrize(
    ("scope", "kind", "value"),
    [
        ("national", "national", ""),
        ("region:flanders", "region", "flanders"),
        ("province:hainaut", "province", "hainaut"),
        ("language:de", "language", "de"),
    ],
)
def test_a_coordinator_is_invited_for_a_scope(
    call: Call, prepared: Environment, session: Session, scope: str, kind: str, value: str
) -> None:
    result = call(prepared, "users", "invite", "c@commune.example", "--coordinator", scope)

    assert result.exit_code == 0
    person = invited(session, "c@commune.example")
    assert [(each.kind, each.value) for each in person.scopes] == [(kind, value)]


def test_an_administrator_is_invited_in_their_language(
    call: Call, prepared: Environment, session: Session
) -> None:
    call(
        prepared, "users", "invite", "a@commune.example", "--administrator", "--language", "nl", "--name", "A"
    )

    person = invited(session, "a@commune.example")
    assert (person.is_administrator, person.language, person.name) == (True, "nl", "A")


def test_somebody_with_an_account_is_given_more_and_told_so(
    call: Call, prepared: Environment, session: Session, make: Factories
) -> None:
    make.user(of=make.commune("53065"), email="one@commune.example")
    session.commit()

    result = call(prepared, "users", "invite", "one@commune.example", "--coordinator", "national")

    assert result.stdout == "one@commune.example has an account already: it was given this too.\n"
    assert [scope.kind for scope in invited(session, "one@commune.example").scopes] == ["national"]
    assert len(mails(prepared)) == 1


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("x@y.example",), "say what for: --commune, --coordinator or --administrator"),
        (("x@y.example", "--commune", "Nowhere"), "no commune of Belgium is called 'Nowhere'"),
        (("x@y.example", "--coordinator", "planet"), "'planet' is no scope"),
        (("x@y.example", "--coordinator", "national:all"), "'national:all' is no scope"),
        (("x@y.example", "--coordinator", "region:moon"), "'moon' is no region: use flanders"),
        (("x@y.example", "--coordinator", "language:lb"), "'lb' is no language: use fr, nl, de, en"),
        (("nobody", "--administrator"), "'nobody' is not an e-mail address"),
    ],
)
def test_an_invitation_that_makes_no_sense_is_refused_in_one_line(
    call: Call, prepared: Environment, session: Session, words: tuple[str, ...], reason: str
) -> None:
    result = call(prepared, "users", "invite", *words)

    assert result.exit_code == 2
    assert result.stderr.startswith(f"passerelle: {reason}")
    assert len(result.stderr.splitlines()) == 1
    assert session.scalar(select(User.id)) is None
    assert mails(prepared) == []


def test_a_disabled_person_cannot_sign_in_and_is_listed_so(
    call: Call, prepared: Environment, session: Session, make: Factories
) -> None:
    make.user(of=make.commune("53065"), email="one@commune.example")
    session.commit()

    result = call(prepared, "users", "disable", "ONE@commune.example")

    assert (result.exit_code, result.stdout) == (0, "ONE@commune.example cannot sign in any more.\n")
    assert invited(session, "one@commune.example").disabled_at is not None
    session.rollback()
    assert call(prepared, "users", "list").stdout == "one@commune.example\tdisabled\tcontributor of 53065\n"


def test_a_disabled_person_can_be_let_in_again(
    call: Call, prepared: Environment, session: Session, make: Factories
) -> None:
    make.user(of=make.commune("53065"), email="one@commune.example", disabled_at=NOON)
    session.commit()

    result = call(prepared, "users", "enable", "ONE@commune.example")

    assert result.exit_code == 0
    assert call(prepared, "users", "list").stdout == "one@commune.example\tactive\tcontributor of 53065\n"


@pytest.mark.parametrize("command", ["disable", "enable"])
def test_nobody_is_changed_by_a_wrong_address(call: Call, prepared: Environment, command: str) -> None:
    result = call(prepared, "users", command, "nobody@commune.example")

    assert result.exit_code == 2
    assert result.stderr == "passerelle: nobody has the address nobody@commune.example\n"


def test_the_list_says_state_and_duties(
    call: Call, prepared: Environment, session: Session, make: Factories
) -> None:
    make.user(of=make.commune("53065"), role=Role.MANAGER, email="a@commune.example")
    make.coordinator(email="b@commune.example")
    make.user(email="c@commune.example", is_administrator=True, password_hash=None)
    make.user(email="d@commune.example")
    session.commit()

    result = call(prepared, "users", "list")

    assert result.stdout.splitlines() == [
        "a@commune.example\tactive\tmanager of 53065",
        "b@commune.example\tactive\tcoordinator national",
        "c@commune.example\tinvited\tadministrator",
        "d@commune.example\tactive\t-",
    ]
