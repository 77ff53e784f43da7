from eval.training.pairs import Pair
from eval.training.sample import as_text, spread


def test_a_sample_takes_every_kind_in_turn():
    pairs = [Pair(f"a{n}", "c", "e", "nei", "s", "g", "common") for n in range(50)]
    pairs += [Pair("b", "rare claim", "e", "nei", "s", "g", "rare")]
    chosen = spread(pairs, count=4, seed=1)
    assert len(chosen) == 4
    assert sum(pair.kind == "rare" for pair in chosen) == 1
    assert "rare claim" in "".join(as_text(chosen))
