"""People are added, invited, suspended and let in again."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from passerelle.accounts import actions
from passerelle.accounts.emails import NotAnAddress
from passerelle.accounts.links import LinkIsOver, living_link, make_link, number_of, token_of, use_link
from passerelle.accounts.models import LinkPurpose, OneTimeLink, Role, ScopeKind, SignIn, User
from passerelle.accounts.queries import living_sign_in, members_of, people
from passerelle.accounts.sign_ins import begin_sign_in, end_sign_in, hash_of
from passerelle.core.jobs import Job
from tests.factories import NOON, Factories

NEW = "new@commune.example"


def test_a_new_person_is_invited_by_mail(session: Session, make: Factories) -> None:
    by = make.user()

    link = actions.invite(session, f" {NEW.upper()} ", "nl", NOON, by=by, membership=("53065", Role.MANAGER))

    assert link is not None
    assert (link.user.email, link.user.language, link.user.password_hash) == (NEW, "nl", None)
    assert link.created_by == by.id
    job = session.scalars(select(Job)).one()
    assert job.payload == {"template": "invitation", "to": link.user.id, "commune": "53065", "link": link.id}


def test_an_invitation_can_give_everything_there_is(session: Session) -> None:
    link = actions.invite(
        session, NEW, "fr", NOON, scope=(ScopeKind.REGION, "wallonia"), administrator=True, name="Ann"
    )

    assert link is not None
    assert link.user.is_administrator
    assert link.user.name == "Ann"
    assert [(scope.kind, scope.value) for scope in link.user.scopes] == [("region", "wallonia")]


def test_an_invitation_never_takes_anything_away(session: Session, make: Factories) -> None:
    user = make.user(of=make.commune("53065"), role=Role.MANAGER, is_administrator=True)

    actions.invite(session, user.email, "de", NOON, membership=("53065", Role.READER))

    assert user.is_administrator
    assert [each.role for each in user.memberships] == ["manager"]
    assert user.language == "fr"


def test_a_suspended_person_is_not_written_to(session: Session, make: Factories) -> None:
    user = make.user(disabled_at=NOON)

    assert actions.invite(session, user.email, "fr", NOON) is None
    assert session.scalar(select(func.count(Job.id))) == 0


def test_an_address_that_is_none_invites_nobody(session: Session) -> None:
    with pytest.raises(NotAnAddress):
        actions.invite(session, "nobody", "fr", NOON)

    assert session.scalar(select(func.count(User.id))) == 0


def test_suspending_ends_everything_and_can_be_taken_back(session: Session, make: Factories) -> None:
    user = make.user()
    token, _row = begin_sign_in(session, user, NOON)
    link = make_link(session, LinkPurpose.RESET, user, NOON)

    actions.disable(session, user, NOON)
    actions.enable(session, user)

    assert user.disabled_at is None
    assert session.scalar(living_sign_in(hash_of(token), NOON)) is None
    assert session.scalar(living_link(link.id, LinkPurpose.RESET, NOON)) is None


def test_a_new_password_ends_sign_ins_and_links_of_this_person_only(
    session: Session, make: Factories
) -> None:
    user, other = make.user(), make.user()
    begin_sign_in(session, user, NOON)
    token, _row = begin_sign_in(session, other, NOON)
    link = make_link(session, LinkPurpose.RESET, other, NOON)

    actions.set_password(session, user, "a hash", NOON)

    assert user.password_hash == "a hash"
    assert session.scalar(living_sign_in(hash_of(token), NOON)) is not None
    assert session.scalar(living_link(link.id, LinkPurpose.RESET, NOON)) is not None
    assert session.scalar(select(func.count(SignIn.id)).where(SignIn.ended_at.is_(None))) == 1


def test_one_sign_in_can_be_ended_alone(session: Session, make: Factories) -> None:
    user = make.user()
    first, row = begin_sign_in(session, user, NOON)
    second, _other = begin_sign_in(session, user, NOON)

    end_sign_in(session, row.id, NOON)

    assert session.scalar(living_sign_in(hash_of(first), NOON)) is None
    assert session.scalar(living_sign_in(hash_of(second), NOON)) is not None


def test_of_two_uses_of_a_link_at_the_same_moment_one_succeeds(
    session: Session, make: Factories, sessions: sessionmaker[Session]
) -> None:
    number = make_link(session, LinkPurpose.RESET, make.user(), NOON).id
    session.commit()
    barrier, went = Barrier(6), []

    def use() -> None:
        barrier.wait()
        try:
            with sessions.begin() as own:
                use_link(own, number, LinkPurpose.RESET, NOON)
            went.append(True)
        except LinkIsOver:
            went.append(False)

    threads = [Thread(target=use) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(went) == [False] * 5 + [True]
    assert session.scalar(select(OneTimeLink.used_at)) == NOON


def test_a_token_says_a_number_only_to_whoever_knows_the_secret() -> None:
    token = token_of(7, LinkPurpose.RESET, "the secret")

    assert number_of(token, LinkPurpose.RESET, "the secret") == 7
    for purpose, secret in ((LinkPurpose.INVITATION, "the secret"), (LinkPurpose.RESET, "another")):
        with pytest.raises(LinkIsOver):
            number_of(token, purpose, secret)


def test_everybody_is_listed_with_what_they_are(session: Session, make: Factories) -> None:
    make.user(of=make.commune("53065"), role=Role.READER, email="b@commune.example")
    make.user(of=make.commune("53065"), role=Role.MANAGER, email="c@commune.example")
    make.coordinator(email="a@federal.example")

    everybody = session.scalars(people()).all()
    members = session.scalars(members_of("53065")).all()

    assert [user.email[0] for user in everybody] == ["a", "b", "c"]
    assert [member.user.email[0] for member in members] == ["c", "b"]
