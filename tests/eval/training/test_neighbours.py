import random

from eval.training.neighbours import Index, hard_nei, may_settle
from eval.training.pairs import Pair
from eval.training.passages import surround, with_head


def test_rare_words_decide_the_search():
    index = Index(["the red house", "the blue house", "a zebra in the house"])
    assert index.search("zebra house", top=2)[0] == 2


def test_a_passage_like_the_proof_may_settle_the_claim():
    proof = "Anna Berg was elected mayor of Lund in 2004."
    assert may_settle("Anna Berg became mayor in 2004.", "Anna Berg was elected mayor of Lund in 2006.", proof)
    assert not may_settle("Anna Berg became mayor in 2004.", "Berg has two sons and keeps bees.", proof)


def test_hard_nei_never_pairs_a_claim_with_its_own_proof():
    pairs = [
        Pair(
            str(n),
            f"Person{n} won the {n} medal in town{n}.",
            f"In town{n} the {n} medal went to Person{n}.",
            "supported",
            "s",
            f"page:{n}",
        )
        for n in range(40)
    ]
    proofs = {pair.claim: pair.evidence for pair in pairs}
    made = hard_nei(pairs, count=30, seed=1)
    assert made
    assert all(pair.label == "nei" and pair.evidence != proofs[pair.claim] for pair in made)
    assert made == hard_nei(pairs, count=30, seed=1)


def test_the_date_in_front_is_not_before_what_the_passage_tells():
    for seed in range(50):
        head = with_head("It opened in 2019.", "", random.Random(seed))
        assert int(head.split(".")[0].split()[-1]) >= 2019


def test_surrounding_keeps_the_proof_whole_and_the_label():
    pairs = [
        Pair(str(n), f"Claim about zone{n}.", f"Zone{n} holds quarry{n} and mill{n}.", "refuted", "s", "page:P")
        for n in range(20)
    ]
    made = surround(pairs, share=1.0, seed=1)
    proofs = {pair.id: pair.evidence for pair in pairs}
    assert len(made) == 20
    assert all(proofs[pair.id.split("-")[0]] in pair.evidence and pair.label == "refuted" for pair in made)
    assert any(len(pair.evidence) > 2 * len(proofs[pair.id.split("-")[0]]) for pair in made)
