"""A request that Django refuses gets a page of ours."""

from django.test import Client


def test_a_foreign_host_gets_the_400_page_of_the_shop():
    response = Client(headers={"Host": "elsewhere.example"}).get("/de/")

    assert response.status_code == 400
    assert "Diese Anfrage verstehen wir nicht" in response.content.decode()
    assert "We do not understand this request" in response.content.decode()
