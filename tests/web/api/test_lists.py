"""The codes in the answers of the API are those of its lists."""

from flask.testing import FlaskClient


def test_every_commune_lies_in_a_province_and_a_region_of_the_lists(client: FlaskClient) -> None:
    communes = client.get("/api/v1/communes").get_json()["communes"]
    lists = client.get("/api/v1/vocabulary").get_json()["lists"]

    for place in ("province", "region"):
        known = {term["code"] for term in lists[f"{place}s"]}
        assert {commune[place] for commune in communes} == known  # Brussels stands for itself in both
