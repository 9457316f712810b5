"""SIGKILL of web server, worker or PostgreSQL during a batch: no payment is lost or doubled."""

from tests.effort import effort

from ..crashing import Installation, torment, verdict

PAYMENTS = effort(60, 200)
KILLS = [(0.1, "web"), (0.4, "worker"), (0.6, "postgres")]
KILLS += effort([], [(0.7, "worker"), (0.8, "postgres")])


def test_killed_servers_leave_each_payment_exactly_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crash")
    place = Installation(folder, PAYMENTS)
    try:
        place.begin()
        met = torment(place, KILLS)
        found = verdict(place)
        again = place.upload()
    finally:
        place.end()

    assert [name for name, _booked in met] == [name for _share, name in KILLS]
    assert all(booked < PAYMENTS for _name, booked in met)
    assert found == (PAYMENTS, place.facts["won"], PAYMENTS, PAYMENTS)
    assert again == 409
