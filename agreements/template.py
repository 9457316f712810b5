"""The articles that a draft begins with: those of the call's template, else the standard ones."""

from .articles import ARTICLES
from .models import TEXTS, Template


def articles_for(call):
    """Articles in their order, each as {field: text}."""
    template = Template.objects.filter(call=call).first()
    return list(template.articles.order_by("number").values(*TEXTS)) if template else ARTICLES


def template_of(call):
    """The template of a call; one not written yet, where the standard articles serve."""
    return Template.objects.select_related("call").filter(call=call).first() or Template(call=call)
