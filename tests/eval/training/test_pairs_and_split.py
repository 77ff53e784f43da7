from eval.training.pairs import Pair, normal, read_pairs, write_pairs
from eval.training.public import clean
from eval.training.split import of_side, side_of


def pair(name="1", group="page:A"):
    return Pair(name, "A claim.", "A passage.", "supported", "test", group)


def test_written_pairs_come_back_and_equal_pairs_give_equal_bytes(tmp_path):
    pairs = [pair("1"), pair("2", "page:Ö")]
    assert write_pairs(tmp_path / "a.jsonl.gz", pairs) == 2
    write_pairs(tmp_path / "b.jsonl.gz", pairs)
    assert read_pairs(tmp_path / "a.jsonl.gz") == pairs
    assert (tmp_path / "a.jsonl.gz").read_bytes() == (tmp_path / "b.jsonl.gz").read_bytes()
    assert not list(tmp_path.glob("*.part"))


def test_normal_form_ignores_case_and_punctuation():
    assert normal("  The U.S. -- grew, 3%!") == "the u s grew 3"


def test_clean_repairs_brackets_and_blanks():
    assert clean("A -LRB- B -RRB- , C .") == "A (B), C."


def test_a_group_lies_on_one_side_only_and_sides_have_their_size():
    groups = [f"page:{n}" for n in range(5000)]
    sides = [side_of(group) for group in groups]
    assert sides == [side_of(group) for group in groups]
    assert 0.02 < sides.count("dev") / 5000 < 0.04
    assert 0.03 < sides.count("test") / 5000 < 0.05


def test_of_side_keeps_whole_groups():
    pairs = [pair(str(n), f"page:{n % 200}") for n in range(1000)]
    kept = {side: {p.group for p in of_side(pairs, side)} for side in ("train", "dev", "test")}
    assert not kept["train"] & kept["dev"]
    assert not kept["train"] & kept["test"]
    assert sum(map(len, kept.values())) == 200
