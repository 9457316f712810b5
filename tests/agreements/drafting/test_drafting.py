"""Articles of a draft, its schedule from coordination, and its template."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from agreements.drafting.first_draft import differing_cells, template_of
from agreements.drafting.forms.drafts import PlaceForm, RemoveArticleForm
from agreements.drafting.forms.templates import TemplateForm
from agreements.drafting.standard_articles import ARTICLES
from agreements.models import TemplateArticle
from agreements.workflow import AGREEMENT, TEMPLATE, draft
from foundation.engine.workflow import NotNow
from tests import factories


def headings(version):
    return list(version.articles.order_by("number").values_list("number", "heading_ko"))


def revise(cast, version, form, data=(), **more):
    bound = form(
        dict(data),
        record=version,
        move=AGREEMENT["revise"],
        actor=cast["coordinator"],
        **more,
    )
    assert bound.is_valid(), bound.errors
    return bound.perform(AGREEMENT)


def short_draft(cast, call, *words):
    factories.template(cast, call, *[(word, word) for word in words])
    return factories.drafted(cast, call)


@pytest.mark.parametrize(
    ("article", "place", "found"),
    [(1, 3, "나다가라"), (4, 1, "라가나다"), (2, 2, "가나다라"), (3, 4, "가나라다")],
)
def test_an_article_moves_among_the_others(cast, call, article, place, found):
    version = short_draft(cast, call, *"가나다라")

    moved = version.articles.get(number=article)
    revise(cast, version, PlaceForm, {"place": place}, article=moved)

    assert headings(version) == list(enumerate(found, start=1))


def test_no_article_moves_beyond_the_last(cast, call):
    version = short_draft(cast, call, *"가나")
    form = PlaceForm(
        {"place": 3},
        record=version,
        move=AGREEMENT["revise"],
        actor=cast["coordinator"],
        article=version.articles.get(number=1),
    )

    assert list(form.errors) == ["place"]


def test_articles_after_one_that_is_taken_out_move_up(cast, call):
    version = short_draft(cast, call, *"가나다")

    revise(cast, version, RemoveArticleForm, article=version.articles.get(number=2))

    assert headings(version) == [(1, "가"), (2, "다")]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE agreements_article SET number = 99 WHERE version_id = {} AND number = 2",
        "DELETE FROM agreements_article WHERE version_id = {} AND number = 1",
        "UPDATE agreements_article SET number = number + 1 WHERE version_id = {}",
    ],
)
def test_database_refuses_a_gap_among_articles(cast, call, sql):
    version = factories.drafted(cast, call)

    refused = pytest.raises(DatabaseError, match="without gaps")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(version.pk))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_article_with_an_open_remark_is_not_taken_out(cast, call):
    version = factories.drafted(cast, call)
    remark = factories.remark(cast, version)

    with pytest.raises(NotNow):
        revise(cast, version, RemoveArticleForm, article=remark.article)

    assert version.articles.count() == len(ARTICLES)


def test_amounts_coordinated_since_are_shown_and_taken_again(cast, call):
    version = factories.drafted(cast, call)
    made = factories.round_of(
        cast, version.agreement.proposal, change=lambda line: line.won - 100_000
    )
    for position in made.positions.order_by("pk"):
        factories.take(cast, made, position.organisation_id)
    cells = differing_cells(version)

    AGREEMENT.perform("take_amounts", version, actor=cast["coordinator"])

    assert {after - before for _key, before, after in cells} == {-100_000}
    assert differing_cells(version) == []
    assert sum(version.schedule.values_list("won", flat=True)) == 12_000_000 - 18 * 100_000


def test_amounts_that_differ_are_not_circulated(cast, call):
    version = factories.drafted(cast, call)
    version.schedule.order_by("pk").first().delete()

    with pytest.raises(NotNow):
        AGREEMENT.perform("circulate", version, actor=cast["coordinator"])

    version.refresh_from_db()
    assert version.state == "drafting"


def test_amounts_are_not_circulated_while_a_round_is_open(cast, call):
    version = factories.drafted(cast, call)
    factories.round_of(cast, version.agreement.proposal)

    with pytest.raises(NotNow):
        AGREEMENT.perform("circulate", version, actor=cast["coordinator"])


def test_amounts_are_taken_again_only_where_they_differ(cast, call, client):
    version = factories.drafted(cast, call)
    client.force_login(cast["coordinator"])
    page = client.get(f"/agreements/{version.agreement_id}/amounts/anew/").content.decode()
    assert "다시 반영할 금액이 없습니다" in page
    assert "krds-btn large primary" not in page

    with pytest.raises(NotNow):
        AGREEMENT.perform("take_amounts", version, actor=cast["coordinator"])


def test_amounts_of_an_amendment_are_its_own(cast, call):
    version = factories.amending(cast, call)

    with pytest.raises(NotNow):
        AGREEMENT.perform("take_amounts", version, actor=cast["coordinator"])


def test_no_round_begins_once_the_draft_is_circulated(cast, call):
    version = factories.drafted(cast, call)
    factories.circulated(cast, version)

    with pytest.raises(NotNow):
        factories.round_of(cast, version.agreement.proposal)


def test_page_shows_the_difference_cell_by_cell(cast, call, client):
    version = factories.drafted(cast, call)
    line = version.schedule.order_by("pk").first()
    version.schedule.filter(pk=line.pk).update(won=line.won + 7)
    client.force_login(cast["coordinator"])

    page = client.get(f"/agreements/{version.agreement_id}/").content.decode()
    asked = client.get(f"/agreements/{version.agreement_id}/amounts/anew/").content.decode()

    assert f"/agreements/{version.agreement_id}/amounts/anew/" in page
    assert f"{line.won + 7:,}" in asked


def test_template_fills_in_its_blanks_and_leaves_drafts_as_they_are(cast, call):
    factories.template(cast, call, ("목적", "{project}: {parties}, {period}, {total}, {shares}"))
    version = factories.drafted(cast, call)

    article = version.articles.get()

    assert "강릉시" in article.body_ko
    assert "12,000,000원" in article.body_ko.replace(" ", "")
    assert "{" not in article.body_ko


def test_later_changes_of_the_template_leave_a_draft_as_it_is(cast, call):
    version = short_draft(cast, call, *"가나")

    TEMPLATE.perform(
        "write",
        template_of(call),
        actor=cast["coordinator"],
        parts=lambda record: record.articles.filter(number=1).update(heading_ko="다른 제목"),
    )

    assert headings(version) == [(1, "가"), (2, "나")]


def test_a_call_without_a_template_drafts_the_standard_articles(cast, call):
    version = factories.drafted(cast, call)

    found = version.articles.order_by("number").values_list("heading_ko", flat=True)
    assert list(found) == [article["heading_ko"] for article in ARTICLES]


def rows_of(*rows):
    sent = {"articles-TOTAL_FORMS": len(rows), "articles-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        sent |= {f"articles-{number}-{name}": value for name, value in row.items()}
    return sent


def written(cast, call, *rows):
    record = template_of(call)
    move, actor = TEMPLATE["write"], cast["coordinator"]
    return TemplateForm(rows_of(*rows), record=record, move=move, actor=actor)


@pytest.mark.parametrize("text", ["{nothing}", "{project", "}", "{}", "{ project }"])
def test_a_blank_that_nothing_fills_in_is_refused_with_those_known(cast, call, text):
    form = written(cast, call, {"place": 1, "heading_ko": "목적", "body_ko": text})

    assert not form.is_valid()
    assert "{project}" in str(form.tables["articles"].errors)


def test_articles_of_a_template_follow_the_order_of_their_places(cast, call):
    form = written(
        cast,
        call,
        {"place": 2, "heading_ko": "나", "body_ko": "나"},
        {"place": 1, "heading_ko": "가", "body_ko": "가"},
    )
    assert form.is_valid()
    template = form.perform(TEMPLATE)
    first, second = template.articles.order_by("number")
    again = written(
        cast,
        call,
        {"id": first.pk, "place": 2, "heading_ko": "가", "body_ko": "가"},
        {"id": second.pk, "place": 1, "heading_ko": "나", "body_ko": "나"},
    )
    assert again.is_valid()

    again.perform(TEMPLATE)

    assert list(template.articles.order_by("number").values_list("number", "pk")) == [
        (1, second.pk),
        (2, first.pk),
    ]


def test_only_a_coordinator_writes_the_template(cast, call):
    with pytest.raises(PermissionDenied):
        TEMPLATE.perform("write", template_of(call), actor=cast["drafter"])


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("template_article_number_once", {"number": 1}),
        ("template_article_is_in_korean", {"body_ko": ""}),
    ],
)
def test_template_constraint(cast, call, name, values):
    factories.template(cast, call, ("가", "가"), ("나", "나"))

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        TemplateArticle.objects.filter(number=2).update(**values)


def test_the_first_draft_of_a_call_says_which_template_it_had(cast, call):
    factories.template(cast, call, ("가", "가"))

    version = draft(factories.selected(cast, call), actor=cast["coordinator"])

    assert version.text()["articles"] == [[1, "가", "가", "", ""]]


def test_template_is_read_and_written_by_api(cast, call, client):
    client.force_login(cast["coordinator"])
    address = f"/api/v1/templates/{call.pk}/"
    rows = [{"place": 1, "heading_ko": "목적", "body_ko": "{project}"}]
    before = client.get(address).json()

    answer = client.post(
        f"{address}moves/write/", {"articles": rows}, content_type="application/json"
    )

    assert len(before["articles"]) == len(ARTICLES)
    assert answer.status_code == 200
    assert [row["body_ko"] for row in answer.json()["articles"]] == ["{project}"]
    assert [row["verb"] for row in client.get(f"{address}events/").json()] == ["write"]


def test_articles_are_moved_and_taken_out_by_api(cast, call, client):
    version = short_draft(cast, call, *"가나다")
    client.force_login(cast["coordinator"])
    address = f"/api/v1/agreements/{version.agreement_id}/articles"

    moved = client.put(f"{address}/3/place/", {"place": 1}, content_type="application/json")
    gone = client.delete(f"{address}/2/", {}, content_type="application/json")

    assert (moved.status_code, gone.status_code) == (200, 200)
    assert headings(version) == [(1, "다"), (2, "나")]
