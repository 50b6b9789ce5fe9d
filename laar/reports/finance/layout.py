"""The rows of a report from top to bottom: the headings of the budget's form, its lines, and what adds them up."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from laar.kit.names import Name
from laar.ledger.models import Budget, BudgetLine, Heading
from laar.ledger.rules import HEADING_ROLES
from laar.reports.finance.cells import LOOSE, TOTAL, Row

NOT_CLAIMED = Name(
    en="Not claimed: on no budget line, or outside the days of the budget",
    km="មិនទាមទារ៖ មិននៅក្នុងបន្ទាត់ថវិកា ឬនៅក្រៅរយៈពេលថវិកា",
)
#: What does not stand in a total: what is given in kind.
OUTSIDE = frozenset({"in_kind"})
#: Rows of a form that only add up others.
SUMS = frozenset({"direct", "eligible", "total"})


class Layout:
    """The headings and lines of a budget, and the rows that its form makes of them."""

    def __init__(self, budget: Budget) -> None:
        lines = BudgetLine.objects.filter(budget=budget).select_related("heading")
        headings = Heading.objects.filter(programme=budget.programme_id, chart=budget.chart)
        self.lines = list(lines.order_by("heading__position", "code"))
        self.headings = list(headings.order_by("position", "code"))

    def rows(self) -> Iterator[Row]:
        """The form from top to bottom; a form without a last row of its own gets one."""
        tops = [heading for heading in self.headings if heading.parent_id is None]
        for heading in tops:
            yield from self._below(heading, 0)
        if not any(heading.role == "total" for heading in tops):
            yield Row(TOTAL, "sum", 0, "", HEADING_ROLES["total"], self._all(OUTSIDE), role="total")
        yield Row(LOOSE, "loose", 0, "", NOT_CLAIMED, [])

    def _below(self, heading: Heading, depth: int) -> Iterator[Row]:
        if heading.role in SUMS:
            key = TOTAL if heading.role == "total" else f"heading:{heading.code}"
            yield Row(key, "sum", depth, heading.code, heading.name, self._summed(heading.role), role=heading.role)
            return
        inside = self._inside(heading)
        if not inside and depth:
            return
        yield Row(
            f"heading:{heading.code}",
            "heading",
            depth,
            heading.code,
            heading.name,
            inside,
            heading=heading,
            role=heading.role,
        )
        for child in self.headings:
            if child.parent_id == heading.pk:
                yield from self._below(child, depth + 1)
        for line in self.lines:
            if line.heading_id == heading.pk:
                name = Name(en=line.name_en, km=line.name_km or line.name_en)
                yield Row(f"line:{line.code}", "line", depth + 1, line.code, name, [line], line=line)

    def _inside(self, heading: Heading) -> list[BudgetLine]:
        below = {heading.pk}
        for _ in range(4):  # no form is deeper
            below |= {one.pk for one in self.headings if one.parent_id in below}
        return [line for line in self.lines if line.heading_id in below]

    def _role_of(self, line: BudgetLine) -> str:
        heading: Heading | None = line.heading
        by_key = {one.pk: one for one in self.headings}
        while heading is not None and not heading.role and heading.parent_id:
            heading = by_key.get(heading.parent_id)
        return heading.role if heading else ""

    def _all(self, without: Collection[str]) -> list[BudgetLine]:
        return [line for line in self.lines if self._role_of(line) not in without]

    def _summed(self, role: str) -> list[BudgetLine]:
        without = {"direct": {"indirect", "reserve", *OUTSIDE}, "eligible": {"reserve", *OUTSIDE}, "total": OUTSIDE}
        return self._all(without[role])

    def above(self, row: Row) -> set[int]:
        """The headings above a row."""
        parents = {one.pk: one.parent_id for one in self.headings}
        above: set[int] = set()
        key = row.line.heading_id if row.line else (row.heading.parent_id if row.heading else None)
        while key:
            above.add(key)
            key = parents.get(key)
        return above
