"""Static files, which the suite's own settings leave out."""

from django.test import Client

from hatnhan.config import settings as ordinary


def test_static_files_and_errors_bear_the_policy_too(db, settings):
    settings.MIDDLEWARE = ordinary.MIDDLEWARE  # the suite leaves out what serves static files
    client = Client()
    sheet = client.get("/tinh/site/hatnhan.css")
    sheet.close()
    answers = [sheet, client.get("/khong-co/"), client.get("/", headers={"host": "la.example"})]
    assert [answer.status_code for answer in answers] == [200, 404, 400]
    for answer in answers:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
