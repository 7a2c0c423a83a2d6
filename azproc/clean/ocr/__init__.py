"""OCR repair: a noisy channel over the lexicon, with context on both sides and a calibrated judge."""

from azproc.clean.ocr.explain import Candidate, Explanation, explain_words
from azproc.clean.ocr.repair import fix_ocr

__all__ = ["Candidate", "Explanation", "explain_words", "fix_ocr"]
