"""A prepared question answers as its queryset would, each time with the values of that time."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, QuerySet
from django.test.utils import CaptureQueriesContext

import clock
from boards.models import Post
from communities.models import Membership
from prepared import given, prepared
from tests.cast import Cast
from tests.steps import NOON, start

pytestmark = pytest.mark.time_machine(NOON, tick=False)
worded = []


@prepared
def members() -> QuerySet[Any]:
    worded.append("members")
    rows = Membership.objects.filter(community__slug=given("slug"), joined_at__lte=given("now"), kind="member")
    return rows.select_related("community").annotate(since=F("state_since")).order_by("pk")


@prepared
def names() -> QuerySet[Any]:
    return Membership.objects.filter(community_id=given("community")).order_by("pk").values_list("display_name", "pk")


@prepared
def written_by() -> QuerySet[Any]:
    return Post.objects.filter(author_id=given("author")).only("title")


def test_question_answers_with_the_values_of_each_time(cast: Cast) -> None:
    now, here = clock.now(), cast.moss.community
    everybody = list(Membership.objects.filter(community=here, kind="member").order_by("pk"))
    assert everybody
    assert members(slug=here.slug, now=now) == everybody
    assert members(slug="elsewhere", now=now) == []
    assert members(slug=here.slug, now=everybody[0].joined_at - timedelta(days=9000)) == []
    assert names(community=here.pk) == [
        (row.display_name, row.pk) for row in Membership.objects.filter(community=here).order_by("pk")
    ]


def test_rows_are_whole_and_cost_one_query(cast: Cast) -> None:
    here = cast.moss.community
    members(slug=here.slug, now=clock.now())
    with CaptureQueriesContext(connection) as captured:
        row = members(slug=here.slug, now=clock.now())[0]
        assert row.community == here
        assert row.since == row.state_since
    assert len(captured) == 1
    assert worded == ["members"]


def test_row_without_all_its_columns_fetches_the_rest_itself(cast: Cast) -> None:
    post = start(cast.moss)
    found = written_by(author=cast.moss.pk)
    assert found == [post]
    assert found[0].get_deferred_fields() >= {"text", "html"}
    assert found[0].text == post.text
    assert written_by(author=cast.fern.pk) == []


def test_value_that_is_missing_is_an_error(cast: Cast) -> None:
    with pytest.raises(KeyError):
        names(place=1)


def test_text_in_a_value_stays_a_value(cast: Cast) -> None:
    assert members(slug="x' OR '1'='1", now=clock.now()) == []
    assert members(slug="%s", now=clock.now()) == []


@pytest.mark.postgres_only
def test_postgresql_keeps_the_statement_with_its_constants_written_out(cast: Cast) -> None:
    here = cast.moss.community
    connection.force_debug_cursor, before = False, connection.force_debug_cursor
    try:
        first, second = (members(slug=here.slug, now=clock.now()) for _ in range(2))
    finally:
        connection.force_debug_cursor = before
    assert first == second == list(Membership.objects.filter(community=here, kind="member").order_by("pk"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        kept = [statement for (statement,) in cursor.fetchall() if "communities_membership" in statement]
    assert len(kept) == 1
    assert "'member'" in kept[0]
    assert kept[0].count("$") == 2
