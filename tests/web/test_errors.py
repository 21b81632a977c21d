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
