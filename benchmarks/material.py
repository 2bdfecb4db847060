"""What is measured: the real documents beside the repository if they are there, else the sample plan."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared/corpus"
SCORER = ROOT.parent / "shared/tools/score_reading.py"
SAMPLES = ROOT / "src/luoshi/samples"
SAMPLE_GOLD = ROOT / "tests/documents/yunxi.gold.jsonl"


@dataclass(frozen=True)
class Material:
    """The plan that speed is measured on, and the name under which runs can be compared."""

    name: str
    plan: Path


def material() -> Material:
    """The real plan, or the sample plan where the real one is not there."""
    real = sorted((CORPUS / "plans").glob("*.txt"))
    return Material("corpus", real[0]) if real else Material("sample", SAMPLES / "yunxi.txt")
