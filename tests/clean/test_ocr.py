"""What the OCR repair mends, and what it leaves alone: tables of sentences, and the contract of the function."""

import json
import time
from pathlib import Path

import pytest

from azproc import InputError, fix_ocr
from azproc.clean.ocr import explain_words
from azproc.clean.ocr.damage import native_passages
from azproc.clean.ocr.decide import FEATURES
from azproc.clean.ocr.page import read_page
from azproc.clean.ocr.repair import propose

CASES = Path(__file__).parent.parent / "cases" / "ocr"


def cases(name, *marks):
    rows = map(json.loads, (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
    return [pytest.param(row["text"], row["expected"], id=f"{row['why']}: {row['text'][:30]}", marks=marks) for row in rows]


@pytest.mark.parametrize(("text", "expected"), [*cases("wild"), *cases("systematic")])
def test_damage_is_mended(text, expected):
    assert fix_ocr(text).text == expected


@pytest.mark.parametrize(("text", "expected"), cases("negative"))
def test_what_is_right_stays(text, expected):
    assert fix_ocr(text).edits == ()


@pytest.mark.parametrize(("text", "expected"), cases("known", pytest.mark.xfail(strict=True)))
def test_what_is_known_to_fail(text, expected):
    assert fix_ocr(text).text == expected


@pytest.mark.parametrize("text", [case.values[0] for case in (*cases("wild"), *cases("systematic"))])
def test_a_mended_text_needs_nothing_more(text):
    once = fix_ocr(text).text
    assert fix_ocr(once).text == once


DAMAGED, MENDED = "Kənddə yeni məktob binası tikildi.", "Kənddə yeni məktəb binası tikildi."

BESIDE = {
    "Turkish": "Köylüler sabah erkenden tarlaya gider, akşam olunca yorgun argın evlerine dönerlerdi.",
    "Russian": "Дети играли во дворе, пока родители готовили ужин и накрывали на стол.",
    "English": "The committee shall submit its annual report no later than the first day of March.",
    "source code": "def oxu(yol):\n    for setir in open(yol):\n        yield setir.strip().split(',')\n\nprint(list(oxu('siyahi.csv')))\n",
    "a table of numbers": "12,5 14,8 1001 33\n7,2 9,1 845 12\n3,3 0,4 77 5",
    "verse": "Dağların başında duman,\nGülüm, məndən yoxdur güman,\nKeçib gedir yaman zaman.",
    "all capitals": "DİQQƏT! TƏMİR İŞLƏRİ İLƏ ƏLAQƏDAR YOL BAĞLIDIR",
    "no punctuation": "anam bazara getdi mən evdə qaldım qardaşım dərsini oxudu axşam hamımız çay içdik",
    "a word of 10,000 letters": "x" * 10_000,
}


SOUND = "Valideynlər açılış mərasiminə gəlmiş, şagirdlər şeir söyləmiş, qonaqlar isə yeni sinif otaqlarına baxmışlar."


@pytest.mark.parametrize("name", BESIDE)
def test_what_stands_beside_damage_stays(name):
    other = f"{BESIDE[name]} {BESIDE[name]}"
    assert fix_ocr(f"{other}\n\n{DAMAGED} {SOUND}\n\n{other}").text == f"{other}\n\n{MENDED} {SOUND}\n\n{other}"


@pytest.mark.parametrize("name", ["Turkish", "Russian"])
def test_what_is_short_stays_beside_damage(name):
    other = BESIDE[name]
    assert fix_ocr(f"{other}\n\n{DAMAGED}\n\n{other}").text == f"{other}\n\n{MENDED}\n\n{other}"


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("Küləklər əsir dərindən,\nYarpaq qopur ycrindən.", "Küləklər əsir dərindən,\nYarpaq qopur yerindən."),
        ("AZƏRBAYCAN RESPUBLİKASININ PREZİDENTİNIN FƏRMANI", "AZƏRBAYCAN RESPUBLİKASININ PREZİDENTİNİN FƏRMANI"),
        ("kənddə yeni məktob binası tikildi uşaqlar sevindi", "kənddə yeni məktəb binası tikildi uşaqlar sevindi"),
    ],
    ids=["verse with line breaks", "all capitals", "no punctuation"],
)
def test_damage_is_mended_in_any_setting(damaged, mended):
    assert fix_ocr(damaged).text == mended


WITHOUT_SCHWA = """Kandlilar sahar tezdan yıgışıb maktabin hayatinda ağac akdilar va yolları tamizladilar.

Rayon markazindan galan gonaglar onlara kömak etdilar, sonra birlikda çay içib söhbat etdilar."""
LIKE_TURKISH = "Nanam har sahar tezdan durub tandira od galayır, sonra çörak bişirirdi."


def test_a_page_tells_how_a_doubtful_passage_of_it_was_read():
    assert fix_ocr(LIKE_TURKISH).edits == ()
    mended = fix_ocr(f"{WITHOUT_SCHWA}\n\n{LIKE_TURKISH}").text.split("\n\n")
    assert mended[-1].startswith("Nənəm hər səhər tezdən durub") and mended[-1].endswith("sonra çörək bişirirdi.")


@pytest.mark.parametrize("name", ["Turkish", "Russian", "English", "source code", "a table of numbers"])
def test_what_stands_on_a_page_read_without_schwa_stays(name):
    mended = fix_ocr(f"{WITHOUT_SCHWA}\n\n{BESIDE[name]}").text
    assert mended.endswith(f"\n\n{BESIDE[name]}")
    assert mended.startswith("Kəndlilər səhər tezdən yığışıb məktəbin həyətində")


def test_threshold_is_a_probability():
    assert fix_ocr(DAMAGED, threshold=1.0).edits == ()
    assert fix_ocr(DAMAGED, threshold=0.5).edits
    with pytest.raises(InputError, match="probability"):
        fix_ocr(DAMAGED, threshold=7)


def test_bytes_are_refused():
    with pytest.raises(TypeError, match="decode"):
        fix_ocr(b"mayrn")


@pytest.mark.parametrize("text", ["", " \n\t ", "!?..", "ə", "а" * 10_000, "ə" * 10_000, "qwrtp" * 2_000, "\ud800 haş", "1" * 10_000])
def test_odd_input_is_left_alone(text):
    assert fix_ocr(text).text == text


@pytest.mark.parametrize("piece", ['kitab"ın ', "ener)i ", "dedi. 1295) ", "maşınlarə ", "cMaşın ", "gəlirl ", "201 6-cı il ", "1496-i ", "Brovvn ", "ener i ", "kral 1 Abbas ", "a"])
def test_time_is_linear_in_one_line(piece):
    def seconds(length):
        text = piece * (length // len(piece))
        start = time.process_time()
        fix_ocr(text)
        return time.process_time() - start

    seconds(1000)
    pairs = ((seconds(20_000), seconds(40_000)) for _ in range(4))  # other work disturbs; what is quadratic fails every time
    assert any(long < 2.6 * short + 0.05 for short, long in pairs)


def test_documents_own_form_is_evidence():
    clean = "Sahin Qaramolla kəndinə gəldi. " * 6
    assert fix_ocr(clean).edits == ()


def how_often_the_text_has_the_reading(text):
    page = read_page(text)
    (proposal,) = (one for one in propose(page, native_passages(page)) if one.choice.slot.token == "haş")
    return proposal.features[FEATURES.index("frequency")]


def test_common_words_of_a_long_text_are_weak_evidence():
    damaged, sound = "Uzun mübarizə haş verdi.", "İclasda baş katib çıxış etdi."
    others = "Qonşular həyətdə oturub köhnə günlərdən danışdılar, sonra hamı evinə getdi. " * 100
    assert how_often_the_text_has_the_reading(f"{sound} {damaged}") > how_often_the_text_has_the_reading(f"{others}{sound} {damaged}")
    assert how_often_the_text_has_the_reading(damaged) == 0


def test_explanation_names_the_candidates():
    explanation = explain_words("Uzun mübarizə haş verdi.")[0]
    assert explanation.before == "haş"
    assert explanation.candidates[0].word == "baş"
    assert explanation.candidates[0].score > explanation.read.score


def test_rules_name_the_confusion():
    rules = {edit.rule for edit in fix_ocr("Kənddə yeni məktob binası tikildi, martın 12-do açıldı.").edits}
    assert rules == {"ocr.o-ə", "ocr.number-suffix"}


def test_a_slip_of_the_hand_is_surer_beside_other_damage():
    alone, beside = "Xəbərdə deyilir ki, Prezidnt səfər edib.", "Xəbordə deyilir ki, Prezidnt səfər edib."
    confidences = [next(edit.confidence for edit in fix_ocr(text, threshold=0.1).edits if edit.before == "Prezidnt") for text in (alone, beside)]
    assert confidences[0] + 0.1 < confidences[1]
