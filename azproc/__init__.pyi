# What type checkers and editors see of the names that azproc/__init__.py loads on first use.

from azproc.clean.citations import find_citations as find_citations
from azproc.clean.citations import strip_citations as strip_citations
from azproc.clean.diacritics import restore_diacritics as restore_diacritics
from azproc.clean.mojibake import fix_encoding as fix_encoding
from azproc.clean.ocr import fix_ocr as fix_ocr
from azproc.clean.spacing import fix_spacing as fix_spacing
from azproc.document import Document as Document
from azproc.errors import AzprocError as AzprocError
from azproc.errors import DataError as DataError
from azproc.errors import InputError as InputError
from azproc.errors import PipelineError as PipelineError
from azproc.extract.dates import find_dates as find_dates
from azproc.extract.numbers import find_numbers as find_numbers
from azproc.extract.spelling import to_words as to_words
from azproc.language.casing import to_lower as to_lower
from azproc.language.casing import to_title as to_title
from azproc.language.casing import to_upper as to_upper
from azproc.language.script import to_latin as to_latin
from azproc.language.unicode import normalize as normalize
from azproc.ner.names import group_entities as group_entities
from azproc.ner.tagger import find_entities as find_entities
from azproc.pipeline import Pipeline as Pipeline
from azproc.pipeline import clean as clean
from azproc.pipeline import load as load
from azproc.pipeline import step as step
from azproc.rewrite import Edit as Edit
from azproc.rewrite import OffsetMap as OffsetMap
from azproc.rewrite import Rewrite as Rewrite
from azproc.rewrite import compose as compose
from azproc.segment.sentences import split_sentences as split_sentences
from azproc.segment.tokens import tokenize as tokenize
from azproc.spans import Citation as Citation
from azproc.spans import Date as Date
from azproc.spans import Entity as Entity
from azproc.spans import Number as Number
from azproc.spans import Sentence as Sentence
from azproc.spans import Span as Span
from azproc.spans import Token as Token

__version__: str
