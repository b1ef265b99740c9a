"""Texts on one subject lie near each other, packed or not."""

import numpy as np

from indexer.senses.centroids import PACKED_BYTES, centroid, nearness, packed

GOVERNOR = "губернатор области провел совещание с главами районов".split()
MAYOR = "глава региона встретился с мэром города".split()
FOOTBALL = "футболисты клуба проиграли матч чемпионата".split()


def test_the_same_subject_is_nearer() -> None:
    asked, same, other = map(centroid, (GOVERNOR, MAYOR, FOOTBALL))
    assert asked is not None
    assert same is not None
    assert other is not None
    assert asked @ same > 0.3 > asked @ other
    rows = np.frombuffer(packed(same) + packed(other) + packed(None), np.uint8).reshape(3, PACKED_BYTES)
    near = nearness(asked, rows)
    assert near[0] > 0.3 > near[1]
    assert near[2] == 0


def test_words_without_a_vector_lie_nowhere() -> None:
    assert centroid(["", "в", "ыъщъ"]) is None
    assert packed(None) == bytes(PACKED_BYTES)
