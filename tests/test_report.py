"""The report page: inert whatever the document holds, and in a real browser it does what the library does."""

import json
import shutil
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azproc.document import Document
from azproc.pipeline import Pipeline, load
from azproc.report import report_html
from azproc.rewrite import Edit, Rewrite

TEXT = (
    "Akademik M.Məmmədov 28 may 1918-ci ildə  Bakıda doğulub.[7] Sonra Gəncəyə köçüb,[8] 1945-ci ilə qədər orada yaşayıb.\n\n"
    "😀 Kitab\N{SOFT HYPHEN}ları  çoxdur. <script>document.title = 'broken'</script> </script><img src=x onerror=alert(1)>\n"
)


def page(doc):
    return report_html(doc, title="<b>title</b>", name="page")


def data_of(html):
    return json.loads(html.partition('id="data">')[2].partition("</script>")[0])


def test_markup_in_a_document_is_data():
    html = page(Document(TEXT))
    assert "onerror" not in html.replace(html.partition('id="data">')[2].partition("</script>")[0], "")
    assert "<b>title" not in html
    assert data_of(html)["source"] == TEXT


def test_placeholders_in_a_document_stay():
    assert data_of(page(Document("{{style}} {{data}}")))["source"] == "{{style}} {{data}}"


@given(st.text(max_size=80))
def test_any_text_survives(text):
    html = page(Document(text))
    html.encode("utf-8")
    assert data_of(html)["source"] == text


def test_marks_stand_at_their_place_in_the_source():
    doc = Pipeline("dates")(load("wiki")(TEXT))
    for mark in data_of(page(doc))["marks"]:
        assert doc.original[mark["start"] : mark["end"]].replace("  ", " ") == mark["text"]


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    webdriver = pytest.importorskip("selenium.webdriver")
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        pytest.skip("needs chromium and chromedriver")
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for flag in (
        "headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking",
        "disable-component-update", "disable-sync", f"user-data-dir={tmp_path_factory.mktemp('profile')}", "window-size=1280,900",
    ):
        options.add_argument(f"--{flag}")
    downloads = tmp_path_factory.mktemp("downloads")
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    driver.downloads = downloads
    yield driver
    driver.quit()


def opened(browser, doc, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(page(doc), encoding="utf-8")
    browser.get(path.as_uri())
    return browser


def saved(browser, button, name):
    path = browser.downloads / name
    path.unlink(missing_ok=True)
    browser.find_element("id", button).click()
    for _ in range(100):
        if path.exists() and path.stat().st_size:
            return path.read_text(encoding="utf-8")
        time.sleep(0.1)
    raise AssertionError(f"{name} was not saved")


@pytest.mark.slow
def test_filter_undo_and_download(browser, tmp_path):
    doc = load("wiki")(TEXT)
    opened(browser, doc, tmp_path)
    assert browser.title == "<b>title</b>"
    assert saved(browser, "save-text", "page.txt") == doc.text
    for box in browser.find_elements("css selector", "#rules input"):
        if not box.get_attribute("value").startswith("citation"):
            box.click()
    browser.find_element("id", "undo").click()
    kept = doc.changes.without(lambda edit: edit.rule.startswith("citation"))
    assert 0 < len(kept.edits) < len(doc.changes.edits)
    assert saved(browser, "save-text", "page.txt") == kept.text
    rows = [json.loads(line) for line in saved(browser, "save-edits", "page.edits.jsonl").splitlines()]
    assert Rewrite(TEXT, tuple(Edit(**row) for row in rows)) == kept


@pytest.mark.slow
def test_views_show_the_text_before_and_after(browser, tmp_path):
    doc = load("wiki")(TEXT)
    opened(browser, doc, tmp_path)
    browser.find_element("css selector", "input[value=sides]").click()
    shown = [browser.find_element("id", side).get_property("innerText") for side in ("left", "right")]
    plain = [text.replace("\N{SOFT HYPHEN}", "") for text in shown]
    assert plain[0].rstrip("\n") == TEXT.replace("\N{SOFT HYPHEN}", "").rstrip("\n")
    assert plain[1].rstrip("\n") == doc.text.rstrip("\n")


@pytest.mark.slow
def test_keys_move_and_undo(browser, tmp_path):
    doc = load("wiki")(TEXT)
    opened(browser, doc, tmp_path)
    browser.find_element("tag name", "body").send_keys("jx")
    kept = Rewrite(TEXT, doc.changes.edits[1:])
    assert saved(browser, "save-text", "page.txt") == kept.text


@pytest.mark.slow
def test_a_script_in_a_document_does_not_run(browser, tmp_path):
    opened(browser, Document(TEXT), tmp_path)
    assert browser.title == "<b>title</b>"
    assert browser.find_elements("css selector", "img") == []


@pytest.mark.slow
def test_thousands_of_edits_are_undone_at_once(browser, tmp_path):
    doc = load("wiki")("\n".join(f"{number} saylı\N{SOFT HYPHEN} sənəd[{number % 90 + 1}]  oxundu." for number in range(4000)))
    opened(browser, doc, tmp_path)
    begun = time.monotonic()
    browser.find_element("css selector", "#rules input[value^=citation]").click()
    browser.find_element("id", "undo").click()
    kept = doc.changes.without(lambda edit: not edit.rule.startswith("citation"))
    assert 3990 < len(kept.edits) < len(doc.changes.edits) - 3990
    assert saved(browser, "save-text", "page.txt") == kept.text
    assert time.monotonic() - begun < 20
    rows = len(browser.find_elements("css selector", "#edits li"))
    browser.find_element("id", "more").click()
    assert len(browser.find_elements("css selector", "#edits li")) == 2 * rows
    browser.find_element("tag name", "body").send_keys("k")  # from the first back to the last
    assert len(browser.find_elements("css selector", "#edits li")) == len(doc.changes.edits) - len(kept.edits)


@pytest.mark.slow
def test_days_before_christ_stand_on_the_time_line(browser, tmp_path):
    doc = Pipeline("dates")("Şəhər e.ə. 331-ci ildə salınıb, XIX əsrdə yenidən tikilib, iki il sonra bağlanıb.")
    opened(browser, doc, tmp_path)
    line = browser.find_element("id", "timeline")
    dots = [dot.get_attribute("aria-label") for dot in line.find_elements("css selector", "circle")]
    assert len(dots) == 2
    assert "331" in dots[0]
    assert "331 BC" in line.find_element("css selector", "svg").get_attribute("aria-label")


@pytest.mark.slow
def test_the_time_line_hides_no_date(browser, tmp_path):
    years = [*range(1900, 1990, 3), *[1918] * 20]
    doc = Pipeline("dates")(" ".join(f"Bina {year}-ci ildə tikilib." for year in years) + " Şəhər e.ə. 331-ci ildə salınıb.")
    line = opened(browser, doc, tmp_path).find_element("id", "timeline")
    dots = line.find_elements("css selector", "circle")
    more = [text.text for text in line.find_elements("css selector", "text") if text.text.startswith("+")]
    assert len(dots) + sum(int(text) for text in more) == len(doc.layers["dates"]) == len(years) + 1
    named = [text.text for text in line.find_elements("css selector", "text")]
    assert "1950" in named  # though one date is two thousand years older
