import random
import re

import pytest

from eval.training import names
from eval.training.compose import compose, fill
from eval.training.frames import FRAMES
from eval.training.frames_held import DEV_FRAMES, HELD_SCENES, TEST_FRAMES
from eval.training.pairs import LABELS
from eval.training.scenes import SCENES, stage_scenes, two_counts
from eval.training.values import KINDS, Value, fresh, other, same

ALL_FRAMES = [*FRAMES, *DEV_FRAMES, *TEST_FRAMES]


def letters(text):
    return set(re.findall(r"\{(\w)", text))


@pytest.mark.parametrize("frame", ALL_FRAMES, ids=lambda frame: frame.name)
def test_every_sentence_of_a_frame_uses_its_slots(frame):
    assert all(letters(text) == set(frame.slots) for text in frame.says)
    assert all(letters(text) <= set(frame.slots) for text in (*frame.claims, *frame.denials, *frame.beyond))
    assert set(frame.exclusive + frame.open) <= set(frame.slots)
    assert not set(frame.exclusive) & set(frame.open)
    assert set(frame.slots.values()) <= set(KINDS)


def test_held_out_frames_share_no_sentence_with_training():
    def sentences(frames):
        return {text for frame in frames for text in (*frame.says, *frame.claims, *frame.denials, *frame.beyond)}

    assert not sentences(FRAMES) & sentences(DEV_FRAMES)
    assert not sentences(FRAMES) & sentences(TEST_FRAMES)
    assert not sentences(DEV_FRAMES) & sentences(TEST_FRAMES)
    assert not set(SCENES) & set(HELD_SCENES)


@pytest.mark.parametrize(
    "entries", [names.FIRST, names.LAST, names.CITIES, names.BODIES, names.COUNTRIES, names.PRODUCTS]
)
def test_names_are_cut_in_two(entries):
    train, held = names.allowed(entries, "train"), names.allowed(entries, "test")
    assert len(held) >= 2
    assert not set(train) & set(held)
    assert held == names.allowed(entries, "dev")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_another_value_never_reads_like_the_first(kind):
    for seed in range(100):
        state = random.Random(seed)
        value = fresh(kind, state, "train")
        swapped = other(value, state, "train")
        assert swapped.value.text != value.text
        assert swapped.part
        assert same(value, state)


def test_a_date_changes_in_one_part_only():
    for seed in range(60):
        value = fresh("date", random.Random(seed), "train")
        swapped = other(value, random.Random(seed), "train")
        assert sum(a != b for a, b in zip(value.parts, swapped.value.parts, strict=True)) == 1


def test_a_respelt_name_differs_little():
    for seed in range(40):
        spelt = names.respell("Khoroshev", random.Random(seed))
        assert spelt != "Khoroshev"
        assert abs(len(spelt) - len("Khoroshev")) <= 1, spelt


def test_fill_puts_values_in_their_forms():
    country = Value("country", "Norway", ("Norway", "Norwegian", "Oslo"))
    assert fill("the {c:adj} team of {c} won", {"c": country}) == "The Norwegian team of Norway won"


def test_generated_pairs_are_the_same_for_the_same_seed_and_have_every_label():
    pairs = compose(FRAMES, scenes=200, side="train", seed=3)
    assert pairs == compose(FRAMES, scenes=200, side="train", seed=3)
    assert {pair.label for pair in pairs} == set(LABELS)
    assert not any("{" in pair.claim + pair.evidence for pair in pairs)
    assert len({pair.id for pair in pairs}) == len(pairs)


def test_exchanged_values_are_not_what_the_passage_says():
    for pair in compose(FRAMES, scenes=300, side="train", seed=4):
        if pair.label == "refuted" and pair.kind in {"year", "time", "ordinal"}:
            assert pair.claim not in pair.evidence


@pytest.mark.parametrize("make", [*SCENES, *HELD_SCENES])
def test_scenes_give_true_and_false_claims_and_no_claim_two_labels(make):
    for seed in range(30):
        scene = make(random.Random(seed), "train")
        assert {"supported", "refuted"} <= {draft.label for draft in scene.drafts} <= set(LABELS)
        labels = {}
        for draft in scene.drafts:
            assert labels.setdefault(draft.claim, draft.label) == draft.label


def test_bounds_on_a_count_are_true_or_false_by_arithmetic():
    for seed in range(50):
        scene = two_counts(random.Random(seed), "train")
        (high,) = {
            draft.claim.split(" tonnes")[0].split()[-1]
            for draft in scene.drafts
            if draft.kind == "open:country" and "tonnes" in draft.claim
        }
        top = int(high.replace(",", ""))
        for draft in scene.drafts:
            if draft.kind.endswith("bound"):
                limit = int(re.search(r"([\d,]+) tonnes", draft.claim)[1].replace(",", ""))
                upward = re.search(r"more than|over|at least", draft.claim) is not None
                assert (draft.label == "supported") == (limit < top if upward else limit > top)


def test_staged_scenes_are_reproducible():
    assert stage_scenes(scenes=20, side="test", seed=2) == stage_scenes(scenes=20, side="test", seed=2)


def test_a_fact_never_exchanges_one_of_its_own_names_for_another():
    frames = [frame for frame in FRAMES if frame.name in {"met", "speaks", "match", "phone"}]
    for pair in compose(frames, scenes=300, side="train", seed=5):
        if pair.kind in {"open:person", "open:country"}:
            words = [word for word in re.findall(r"\w+", pair.claim) if word[0].isupper()]
            assert len(set(words)) == len(words), pair.claim
