"""Pages that are not there, and what no page tells."""

from app.web.application import make_application
from tests.conftest import EXAMPLE


def test_nothing_is_kept_and_no_path_of_the_machine_is_told() -> None:
    client = make_application(EXAMPLE).test_client()
    home = client.get("/").headers["Location"].split("/")[1]
    folder = str(EXAMPLE.parent)
    for page in (
        "extension/Overview/?time=2016-Q3", "journal/", "options/", "api/options", "errors/", "api/errors", "api/journal", "editor/",
        "api/query?query_string=select+filename", "download-query/query_result.csv?query_string=select+filename",
    ):  # fmt: skip
        answer = client.get(f"/{home}/{page}")
        assert answer.status_code == 200, page
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Server" not in answer.headers
        assert folder not in answer.get_data(as_text=True), page
    source = client.get(f"/{home}/api/source?filename=entries/2016.beancount")
    assert "Contribution already donated" in source.get_data(as_text=True)
    assert client.get(f"/{home}/api/source?filename=../../../pyproject.toml").status_code != 200


def test_pages_that_are_not_there_lead_home() -> None:
    client = make_application(EXAMPLE).test_client()
    home = client.get("/").headers["Location"].split("/")[1]
    for path, status in (
        (f"/{home}/nope/", 404),
        ("/nope/x/", 404),
        (f"/{home}/import/", 403),
        (f"/{home}/extension/Nope/", 404),
    ):
        answer = client.get(path)
        assert (answer.status_code, 'href="/"' in answer.get_data(as_text=True)) == (status, True), path
    assert client.get("/jump?time=2016").status_code == 302
    away = client.get("/jump?time=2016", headers={"Referer": "http://evil.example/x"})
    assert "evil" not in away.headers["Location"]
