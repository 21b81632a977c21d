"""The JSON API answers what everybody may read: in full, in the agreed keys, and nothing else."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from passerelle.accounts.models import Commune
from passerelle.sheets.content import Contact
from passerelle.sheets.models import RevisionStatus, Sheet, SheetStatus
from tests.factories import COMPLETE, CONTACT, Factories
from tests.search.standing import damage

PUBLISHED = RevisionStatus.PUBLISHED
Publish = Callable[..., Sheet]
Json = dict[str, Any]  # Any: a JSON answer


@pytest.fixture
def publish(app: Flask, make: Factories, quaregnon: Commune) -> Publish:
    """Publishes a sheet, and lets the index follow."""

    def publish(**given: Any) -> Sheet:  # Any: whatever the factory takes
        sheet = make.sheet(**{"of": quaregnon, "status": PUBLISHED, **given})
        make.session.commit()
        app.extensions["passerelle"].search.catch_up()
        return sheet

    return publish


def get(client: FlaskClient, address: str) -> Json:
    answer = client.get(f"/api/v1/{address}")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    found: Json = json.loads(answer.data)
    return found


def keys_of(value: object, above: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield from keys_of(below, f"{above}.{key}" if above else key)
    elif isinstance(value, list):
        for below in value or [None]:
            yield from keys_of(below, f"{above}[]")
    else:
        yield above


def agreed(name: str) -> set[str]:
    lines = (Path(__file__).parent / f"{name}.keys").read_text().splitlines()
    return {line for line in lines if not line.startswith("#")}


def numbers(answer: Json) -> list[int]:
    return [each["number"] for each in answer["results"]]


def test_a_search_answers_the_agreed_keys(client: FlaskClient, publish: Publish) -> None:
    publish()

    found = get(client, "sheets?q=rencontre")

    assert set(keys_of(found)) == agreed("search")
    assert found["results"][0]["commune"] == {"nis": "53065", "name": "Quaregnon"}


def test_a_sheet_answers_the_agreed_keys(client: FlaskClient, publish: Publish) -> None:
    sheet = publish()

    assert set(keys_of(get(client, f"sheets/{sheet.id}"))) == agreed("sheet")


def test_the_lists_answer_the_agreed_keys(client: FlaskClient) -> None:
    assert set(keys_of(get(client, "communes"))) == agreed("communes")
    vocabulary = get(client, "vocabulary")
    lists = vocabulary["lists"]
    assert set(keys_of({**vocabulary, "lists": {"cost_kinds": lists["cost_kinds"]}})) == agreed("vocabulary")
    assert {key for each in lists.values() for term in each for key in term} == {"code", "label", "broader"}
    assert set(lists) >= {
        "forms",
        "target_groups",
        "partner_kinds",
        "evaluation_kinds",
        "provinces",
        "regions",
    }


def test_a_sheet_is_the_text_of_the_interchange(client: FlaskClient, publish: Publish) -> None:
    sheet = publish()

    found = get(client, f"sheets/{sheet.id}")

    told = {key: found[key] for key in COMPLETE.to_json()}
    assert told == json.loads(json.dumps(COMPLETE.to_json()))
    assert found["contact"] == {"job_title": CONTACT.job_title}
    assert (found["archived"], found["revision"], found["published_at"]) == (
        False,
        1,
        "2026-06-15T12:00:00+00:00",
    )


def test_the_address_of_a_sheet_is_absolute_and_not_taken_from_the_request(
    client: FlaskClient, publish: Publish
) -> None:
    sheet = publish()

    answer = client.get(
        "/api/v1/sheets?lang=nl", headers={"Host": "127.0.0.1", "X-Forwarded-Host": "evil.example"}
    )

    assert answer.json is not None
    assert [each["url"] for each in answer.json["results"]] == [f"http://localhost/nl/sheets/{sheet.id}"]


def test_choices_count_as_on_the_page(client: FlaskClient, publish: Publish, make: Factories) -> None:
    french = publish(violence_forms=("partner",))
    dutch = publish(of=make.commune("44021"), violence_forms=("honour",), language="nl")

    assert set(numbers(get(client, "sheets?form=partner&form=honour"))) == {french.id, dutch.id}
    assert numbers(get(client, "sheets?form=partner&written=nl")) == []
    assert numbers(get(client, "sheets?region=flanders")) == [dutch.id]
    assert numbers(get(client, "sheets?commune=53065&status=running&evaluated=yes&partner=school")) == [
        french.id
    ]
    assert numbers(get(client, "sheets?form=unheard")) == numbers(get(client, "sheets"))
    facets = get(client, "sheets?form=partner&lang=de")["facets"]
    assert {each["value"]: each["count"] for each in facets["form"] if each["count"]} == {
        "intrafamilial": 1,
        "partner": 1,
        "honour": 1,
    }


def test_pages_are_cut_and_bounded(client: FlaskClient, publish: Publish) -> None:
    sheets = [publish().id for _ in range(3)]

    second = get(client, "sheets?per_page=2&page=2&sort=newest")
    largest = get(client, "sheets?per_page=5000")

    assert (second["total"], second["page"], second["per_page"], numbers(second)) == (3, 2, 2, [sheets[0]])
    assert largest["per_page"] == 100
    for strange in (
        "page=x",
        "page=-1",
        "per_page=0x10",
        "per_page=",
        "sort=up",
        "lang=xx",
        "page=" + "9" * 99,
    ):
        assert get(client, f"sheets?{strange}")["total"] == 3


def test_names_and_labels_are_in_the_language_asked_for(
    client: FlaskClient, publish: Publish, make: Factories
) -> None:
    publish(of=make.commune("44021"))  # Gand, Gent

    def names(query: str) -> tuple[str, str]:
        found = get(client, f"sheets?{query}")
        form = next(each for each in found["facets"]["form"] if each["value"] == "elder")
        return found["results"][0]["commune"]["name"], form["label"]

    assert names("lang=fr") == names("") == names("lang=xx")
    assert names("lang=nl")[0] == "Gent"
    assert len({names(f"lang={code}")[1] for code in ("fr", "nl", "de", "en")}) == 4
    labels = [term["label"] for term in get(client, "vocabulary?lang=nl")["lists"]["regions"]]
    assert "Vlaanderen" in labels


def test_words_found_are_marked(client: FlaskClient, publish: Publish) -> None:
    publish()

    (hit,) = get(client, "sheets?q=parents")["results"]

    marked = [each["text"] for each in hit["highlights"]["title"] if each["marked"]]
    assert marked == ["parents"]
    assert "".join(each["text"] for each in hit["highlights"]["title"]) == hit["title"]


@pytest.mark.parametrize("status", sorted(set(RevisionStatus) - {PUBLISHED}))
def test_what_is_not_published_does_not_exist(
    client: FlaskClient, publish: Publish, status: RevisionStatus
) -> None:
    hidden = publish(status=status)
    unknown = client.get("/api/v1/sheets/999999")

    answer = client.get(f"/api/v1/sheets/{hidden.id}")

    assert (answer.status_code, answer.data) == (404, unknown.data)
    assert answer.json == {"error": {"status": 404, "reference": None}}
    assert get(client, "sheets")["total"] == 0


def test_the_published_text_stays_while_the_next_is_written(
    client: FlaskClient, publish: Publish, make: Factories
) -> None:
    sheet = publish()
    make.revision(sheet, title="Pas encore en ligne")
    make.session.commit()

    assert get(client, f"sheets/{sheet.id}")["title"] == COMPLETE.title


def test_an_archived_sheet_says_so_and_is_found_no_longer(client: FlaskClient, publish: Publish) -> None:
    sheet = publish(sheet_status=SheetStatus.ARCHIVED)

    assert get(client, f"sheets/{sheet.id}")["archived"] is True
    assert get(client, "sheets")["total"] == 0


def test_a_removed_sheet_is_gone(client: FlaskClient, publish: Publish) -> None:
    sheet = publish(sheet_status=SheetStatus.REMOVED)
    never_public = publish(sheet_status=SheetStatus.REMOVED, status=RevisionStatus.DRAFT)

    assert client.get(f"/api/v1/sheets/{sheet.id}").status_code == 410
    assert client.get(f"/api/v1/sheets/{never_public.id}").status_code == 404


ADDRESSES = ("sheets", "sheets?q=x&lang=nl", "sheets/1", "sheets/77", "communes", "vocabulary")


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_session_is_touched_and_every_site_may_read(
    client: FlaskClient, publish: Publish, address: str
) -> None:
    publish()
    with client.session_transaction() as session:
        session["_user_id"] = "somebody"
        session.permanent = True

    answer = client.get(f"/api/v1/{address}")

    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("address", ["sheets", "sheets/1", "communes", "vocabulary"])
def test_nothing_can_be_written(client: FlaskClient, method: str, address: str) -> None:
    answer = client.open(f"/api/v1/{address}", method=method, json={"title": "x"})

    assert answer.status_code in {400, 405}
    assert answer.is_json


@pytest.mark.parametrize(
    "address", ["", "nothing", "sheets/0", "sheets/x", "sheets/" + "9" * 30, "sheets/1/x"]
)
def test_an_address_that_leads_nowhere_answers_json(client: FlaskClient, address: str) -> None:
    answer = client.get(f"/api/v1/{address}")

    assert (answer.status_code, answer.is_json) == (404, True)


def test_nobody_reads_a_name_a_phone_or_an_address_of_a_contact(
    client: FlaskClient, make: Factories, publish: Publish, quaregnon: Commune
) -> None:
    sheet = make.sheet(of=quaregnon, status=RevisionStatus.DISCARDED)
    contact = Contact("Canarienne Dupin", "Fonction", "0499 11 22 33", "canarienne@x.example")
    make.revision(sheet, status=PUBLISHED, contact=contact)
    publish(sheet_status=SheetStatus.ARCHIVED)

    told = b"".join(
        client.get(f"/api/v1/{address}").data
        for address in ("sheets", "sheets?q=canarienne", f"sheets/{sheet.id}", f"sheets/{sheet.id}?lang=nl")
    )

    assert b"Fonction" in told
    assert not [word for word in (b"Canarienne", b"Dupin", b"0499", b"@") if word in told]


def test_without_an_index_the_answer_has_the_same_keys(
    app: Flask, client: FlaskClient, publish: Publish
) -> None:
    sheet = publish()
    search = app.extensions["passerelle"].search
    damage(app.extensions["passerelle"].settings.search_index)
    search.engine.close()

    found = get(client, "sheets?q=parents")
    assert search.wait_until_healed(30)

    extracts = {key for key in agreed("search") if "extract" in key}
    assert set(keys_of(found)) == agreed("search") - extracts | {"results[].highlights.extract[]"}
    assert numbers(found) == [sheet.id] == numbers(get(client, "sheets?q=parents"))


def test_a_program_that_has_the_answer_is_told_that_nothing_changed(
    client: FlaskClient, session: Session, publish: Publish
) -> None:
    sheet = publish()
    first = client.get(f"/api/v1/sheets/{sheet.id}")

    same = asked_again(client, sheet, first)
    sheet.status = SheetStatus.ARCHIVED
    session.commit()

    assert (same.status_code, same.data) == (304, b"")
    assert asked_again(client, sheet, first).status_code == 200


def asked_again(client: FlaskClient, sheet: Sheet, first: TestResponse) -> TestResponse:
    headers = {"If-None-Match": first.headers["ETag"]}
    return client.get(f"/api/v1/sheets/{sheet.id}", headers=headers)
