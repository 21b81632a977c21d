"""A form that another site made its visitor send is refused whole: no word comes back, no sign-in ends."""

import pytest
from flask.testing import FlaskClient

FOREIGN = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
WORDS = "Words of somebody else"


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/en/my/sheets/1/edit", {"title": WORDS, "do": "save"}),
        ("/en/my/communes/53065/sheets/new", {"title": WORDS, "language": "fr"}),
        ("/en/account", {"name": WORDS}),
        ("/en/sign-in", {"email": WORDS, "kept_for": "/en/my/sheets/1/edit", "kept.title": WORDS}),
    ],
)
def test_a_form_of_another_site_is_not_given_back(
    client: FlaskClient, path: str, sent: dict[str, str]
) -> None:
    own = client.post(path, data=sent)
    foreign = client.post(path, data=sent, headers=FOREIGN)

    assert own.status_code in (400, 401)
    assert foreign.status_code == 400
    assert WORDS not in foreign.text
    assert "Set-Cookie" not in foreign.headers  # it would take the place of the cookie of the sign-in
