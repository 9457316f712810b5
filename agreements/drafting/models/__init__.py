"""Templates of articles, and remarks of parties on a draft."""

from .remarks import Remark
from .templates import Template, TemplateArticle

__all__ = ["Remark", "Template", "TemplateArticle"]
