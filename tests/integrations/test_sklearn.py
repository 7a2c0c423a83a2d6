"""Transformers and estimator inside real scikit-learn machinery."""

import pickle

import pytest

sklearn = pytest.importorskip("sklearn")
pytest.importorskip("pycrfsuite")

from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import Pipeline

from azproc.errors import InputError
from azproc.integrations.sklearn import EntityTagger, TextCleaner, Tokenizer

TEXTS = ["Hava istidir", "Yağış yağır", "Günəşli hava", "Qar yağır", "İsti gündür", "Soyuq və yağışlı"] * 3
LABELS = ["isti", "soyuq", "isti", "soyuq", "isti", "soyuq"] * 3


def test_grid_search_over_a_text_pipeline():
    pipeline = Pipeline(
        [
            ("clean", TextCleaner("minimal")),
            ("words", TfidfVectorizer(tokenizer=Tokenizer(), lowercase=False, token_pattern=None)),
            ("model", LogisticRegression()),
        ]
    )
    search = GridSearchCV(pipeline, {"clean__profile": ["minimal", "web"], "model__C": [1.0, 10.0]}, cv=3)
    search.fit(TEXTS, LABELS)
    assert list(search.predict(["HAVA İSTİDİR"])) == ["isti"]


def test_tokenizer_survives_copying_between_processes():
    assert pickle.loads(pickle.dumps(Tokenizer()))("Bakı!") == ["bakı"]


def test_tagger_is_cloned_and_searched_like_any_estimator():
    texts = ["Bakıda yağış yağır.", "Gəncədə qar yağır.", "Şəkidə hava istidir.", "Kitabı oxudum."] * 3
    mentions = [[(0, 6, "LOC")], [(0, 7, "LOC")], [(0, 6, "LOC")], []] * 3
    tagger = clone(EntityTagger(max_iterations=20))
    with pytest.raises(NotFittedError):
        tagger.predict(texts)
    search = GridSearchCV(tagger, {"c1": [0.01, 0.1]}, cv=3).fit(texts, mentions)
    assert search.best_score_ > 0.9
    assert search.best_estimator_.labels_ == ("LOC",)
    assert search.best_estimator_.score(texts, mentions) == 1.0


@pytest.mark.parametrize(
    ("mentions", "message"),
    [([(0, 99, "LOC")], "outside"), ([(0, 4, "LOC"), (2, 6, "PER")], "overlap"), ([(4, 5, "LOC")], "no token")],
)
def test_wrong_mentions_are_refused(mentions, message):
    with pytest.raises(InputError, match=message):
        EntityTagger().fit(["Bakı gözəldir"], [mentions])


def test_texts_and_mentions_must_match():
    with pytest.raises(InputError, match="one list"):
        EntityTagger().fit(["Bakı"], [])


@pytest.mark.parametrize("one", ["Bakı[1]", b"Bak"])
def test_one_text_is_not_taken_for_its_letters(one):
    for call in (TextCleaner("wiki").fit, TextCleaner("wiki").transform, EntityTagger().predict, lambda text: EntityTagger().fit(text, [[]] * 7)):
        with pytest.raises(InputError, match="give a list of texts"):
            call(one)
