import gzip
import json

from eval.training.public import SETS, claims_kept_out, read_public


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def row(name, claim, evidence="Some evidence.", label="supported", **more):
    return {"id": name, "claim": claim, "evidence": evidence, "label": label, "source": "x", **more}


def test_rows_of_a_part_are_read_with_page_groups_and_without_kept_out_claims(tmp_path):
    for entry in SETS:
        write(tmp_path / "train" / f"{entry.name}.jsonl.gz", [])
    write(
        tmp_path / "train" / "vitaminc_real.jsonl.gz",
        [
            row("1", "Kept .", page="A -LRB-film-RRB-"),
            row("2", "In dev."),
            row("3", "Unsupported.", label="unsupported"),
            row("4", "Long.", evidence="word " * 500),
        ],
    )
    write(tmp_path / "dev" / "any.jsonl.gz", [row("9", "in DEV!")])
    pairs = read_public(tmp_path / "train", part="facts", kept_out=claims_kept_out(tmp_path / "dev"))
    assert [(pair.id, pair.claim, pair.group) for pair in pairs] == [("1", "Kept.", "page:A (film)")]


def test_rows_with_the_same_evidence_share_a_group(tmp_path):
    for entry in SETS:
        write(tmp_path / f"{entry.name}.jsonl.gz", [])
    write(tmp_path / "lingnli.jsonl.gz", [row("1", "A."), row("2", "B."), row("3", "C.", evidence="Other.")])
    groups = [pair.group for pair in read_public(tmp_path, part="nli", kept_out=frozenset())]
    assert groups[0] == groups[1] != groups[2]
