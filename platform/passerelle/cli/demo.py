"""Make one account of each role with a random password, to try the platform with."""

import json
import os
import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from passerelle.accounts.models import CoordinatorScope, Membership, Role, ScopeKind, User
from passerelle.accounts.passwords import Passwords, passwords_for
from passerelle.accounts.queries import user_by_email
from passerelle.core.database import reading
from passerelle.web.services import Services

ACCOUNTS_FILE = "demo-accounts.json"
QUAREGNON = "53065"
COORDINATOR, ADMINISTRATOR = "coordinator", "administrator"
DEMO_ROLES = (*Role, COORDINATOR, ADMINISTRATOR)
PASSWORD_BYTES = 15


def make_demo_accounts(platform: Services) -> bool:
    """Afterwards the instance folder has a list of accounts that can sign in; whether it had to be made.

    The file is a JSON list of objects `email, password, role, commune` (NIS code or null), readable by its
    owner only. Without the file the accounts get new passwords, for the old ones are known to nobody.
    """
    file = platform.settings.instance / ACCOUNTS_FILE
    if file.exists():
        return False
    with platform.sessions.begin() as session:
        hasher = passwords_for(platform.settings)
        accounts = [_account(session, str(role), hasher, platform.clock()) for role in DEMO_ROLES]
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump(accounts, out, indent=1)
    return True


def _account(session: Session, role: str, hasher: Passwords, at: datetime) -> dict[str, str | None]:
    email = f"{role}@demo.example"
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    user = session.scalar(user_by_email(email)) or _new_user(session, email, role, at)
    user.password_hash = hasher.hash(password)
    commune = QUAREGNON if role in tuple(Role) else None
    return {"email": email, "password": password, "role": role, "commune": commune}


def _new_user(session: Session, email: str, role: str, at: datetime) -> User:
    user = User(email=email, name=f"Demo {role}", created_at=at, is_administrator=role == ADMINISTRATOR)
    if role == COORDINATOR:
        user.scopes.append(CoordinatorScope(kind=ScopeKind.NATIONAL, created_at=at))
    elif role != ADMINISTRATOR:
        user.memberships.append(Membership(commune_nis=QUAREGNON, role=role, created_at=at))
    session.add(user)
    return user


def who_can_sign_in(platform: Services) -> list[str]:
    """Lines that say who can sign in, for whoever starts the platform: addresses only, never a password."""
    file = platform.settings.instance / ACCOUNTS_FILE
    if file.exists():
        emails = ", ".join(account["email"] for account in json.loads(file.read_text()))
        return [f"Demo accounts: {emails}", f"Their passwords are in {file}"]
    with reading(platform.sessions) as session:
        if session.scalar(select(User.id).limit(1)) is None:
            return ["Nobody can sign in yet: run `passerelle users invite` or `passerelle init --demo`"]
    return []
