"""How many questions a page asks the database."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries(client, url):
    client.get(url)  # what is remembered once (content types, compiled templates) is no matter of the page
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(url)
    assert answer.status_code == 200, url
    return len(asked)
