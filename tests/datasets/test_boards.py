"""The invented board: what is written reads back whole, and the demo lists are what is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from datasets.chain.boards import FILES, main
from matching import Listing, read_experts, read_problems

DEMO = Path(__file__).parents[2] / "datasets" / "demo"


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> tuple[Listing, Listing]:
    """The demo board, written anew and read back."""
    folder = tmp_path_factory.mktemp("board")
    main([str(folder)])
    problems, experts = (folder / f"{name}.xlsx" for name in FILES.values())
    for path in (problems, experts):
        assert path.read_bytes() == (DEMO / path.name).read_bytes()
    return read_problems(problems), read_experts(experts)


def test_every_row_reads_back_without_a_doubt(lists: tuple[Listing, Listing]) -> None:
    problems, experts = lists
    assert (len(problems.records), len(experts.records)) == (40, 60)
    assert not problems.problems
    assert not experts.problems


def test_what_is_told_reads_back(lists: tuple[Listing, Listing]) -> None:
    """Some tell works and relations, most none; no bounty stays unknown, never 0."""
    problems, experts = (listing.records for listing in lists)
    assert 0 < sum(not expert.outputs for expert in experts) < 20
    assert any(expert.relations for expert in experts)
    assert {type(problem.budget_cny) for problem in problems} == {float, type(None)}
    assert all(one.value is not None for problem in problems for one in problem.indicators)
