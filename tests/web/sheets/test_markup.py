"""What people type is shown as it is and never becomes markup."""

from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from passerelle.accounts.models import Commune
from passerelle.sheets.content import Cost, Partner
from passerelle.sheets.models import RevisionStatus
from tests.factories import CONTACT, Factories
from tests.web.sheets.reading import Page, put_online, sign_in

PUBLISHED = RevisionStatus.PUBLISHED


XSS = "<script>alert('xss')</script>\"'><img src=x onerror=alert(1)>"


def test_a_text_never_becomes_markup(
    make: Factories, quaregnon: Commune, app: Flask, session: Session, client: FlaskClient
) -> None:
    sheet = make.sheet(
        of=quaregnon,
        status=RevisionStatus.SUPERSEDED,
        title=XSS,
        summary=XSS,
        activities=XSS,
    )
    make.revision(
        sheet,
        status=PUBLISHED,
        contact=replace(CONTACT, name=XSS, job_title=XSS, phone=XSS, email=XSS),
        title=XSS,
        summary=XSS,
        activities=XSS,
        duration_note=XSS,
        objectives=(XSS,),
        target_groups_text=XSS,
        partnerships=(Partner("school", XSS, XSS),),
        outreach=XSS,
        web_page=XSS,
        innovation=XSS,
        evaluation_method=XSS,
        costs=(Cost("human", XSS, "1", "fte", XSS, "10"),),
    )
    put_online(app, session)
    sign_in(client, session, make.user(of=quaregnon))

    for path in ("", "/history", "/revisions/1"):
        page = Page(client.get(f"/fr/sheets/{sheet.id}{path}"))
        assert not page.all("img")
        assert not [each for each in page.all("script") if not each.get("src")]
        assert "alert('xss')" in page.text
    for address in ("/fr/", "/fr/sheets", "/fr/communes/53065", "/fr/sheets?q=alert"):
        page = Page(client.get(address))
        assert not page.all("img")
        assert not [each for each in page.all("script") if not each.get("src")]
