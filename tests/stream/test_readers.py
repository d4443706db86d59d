"""What waits for a reader is bounded, however slow it is."""

from pista.stream import readers
from pista.stream.model import Topic
from pista.stream.readers import Reader
from pista.stream.unfold import Portion
from tests.events.conftest import TENANT


def take_all(reader: Reader) -> list[bytes]:
    pieces: list[bytes] = []
    while piece := reader.take(10**9)[0]:
        pieces.append(piece)
    return pieces


def test_the_oldest_go_first_and_their_number_is_told():
    """
    Before the events that are left.
    """
    reader = Reader(Topic(TENANT))
    events = [b"<%d>" % number for number in range(readers.MOST_WAITING + 7)]

    reader.put(Portion(events, [], 0), b"here")

    whole = b"".join(take_all(reader))
    note, _, rest = whole.partition(b"\n\n")
    assert note == b'event: gap\ndata: {"reason":"slow","dropped":7}'
    assert rest == b"".join(events[7:])


def test_large_events_count_by_their_bytes():
    """
    Ten thousand times the limit is put; never more than the limit waits.
    """
    reader = Reader(Topic(TENANT))
    large = [b"x" * (readers.MOST_BYTES // 4)]

    for _ in range(100):
        reader.put(Portion(large, [], 0), b"here")

    pieces = take_all(reader)
    assert b'"dropped":96' in pieces[0]
    assert len(b"".join(pieces)) < readers.MOST_BYTES + 100


def test_notes_that_nobody_takes_do_not_pile_up():
    """
    A reader that is stuck during a flood is told once, with the sum.
    """
    reader = Reader(Topic(TENANT))

    for _ in range(10_000):
        reader.put(Portion([], [], 3), b"here")

    assert take_all(reader) == [b'event: skipped\ndata: {"count":30000,"estimated":false}\n\n']


def test_pieces_are_small():
    """
    So that a slow reader is noticed piece by piece.
    """
    reader = Reader(Topic(TENANT))
    reader.put(Portion([b"x" * 1_000] * 1_000, [], 0), b"here")

    pieces = take_all(reader)

    assert len(pieces) > 10
    assert max(map(len, pieces)) <= readers.BATCH_BYTES + 1_000


async def test_the_place_moves_on_without_events():
    """
    Whoever hears of rare events only must not come back to a place that is gone.
    """
    reader = Reader(Topic(TENANT))

    reader.put(Portion([], [], 0), b"far")

    assert not await reader.woken(0)
    assert reader.still_here() == b": still here\n\nid: far\n\n"


def test_a_place_is_not_told_before_its_events():
    """
    Else a reader that is cut off then would miss them.
    """
    reader = Reader(Topic(TENANT))

    reader.put(Portion([b"event"], [], 0), b"far")

    assert b"far" not in reader.still_here()
