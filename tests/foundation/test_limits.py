from django.core.cache import cache

from foundation.web.rate_limit import Limit


def test_so_many_tries_and_no_more_for_each_key():
    cache.clear()
    limit = Limit("test", most=2, seconds=60)

    for _try in range(2):
        assert not limit.is_reached("a")
        limit.count("a")

    assert limit.is_reached("a")
    assert not limit.is_reached("b")
    limit.forget("a")
    assert not limit.is_reached("a")
