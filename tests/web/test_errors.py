"""An answer that refuses says what would have been taken."""

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("method", "path", "allowed"), [("GET", "/en/theme", "POST"), ("PUT", "/en/about", "GET")]
)
def test_a_method_that_is_not_allowed_is_answered_with_those_that_are(
    client: FlaskClient, method: str, path: str, allowed: str
) -> None:
    answer = client.open(path, method=method)

    assert answer.status_code == 405
    assert allowed in answer.allow
    assert method not in answer.allow
    assert "<h1" in answer.text


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", ["/nl/sheets?q=groep", "/nl/about", "/nl/sign-in", "/"])
def test_a_host_that_is_not_ours_gets_a_whole_page_with_plain_links(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, method: str, path: str
) -> None:
    answer = client.open(path, method=method, headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert 'href="/nl/sheets"' in answer.text or 'href="/fr/sheets"' in answer.text
    assert "evil.example" not in answer.text
    assert [each for each in caplog.records if each.name == "passerelle.web"] == []
