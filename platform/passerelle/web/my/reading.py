"""Read what was typed in the form as a sheet, and find what cannot be read."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from passerelle.core.text import UnreadableText, clean_line, clean_text, legible
from passerelle.sheets.checks import problems_of
from passerelle.sheets.content import Contact, Cost, Partner, SheetContent
from passerelle.sheets.dates import is_day, read_date
from passerelle.sheets.numbers import is_negative, read_decimal, read_euros, read_whole
from passerelle.sheets.problems import Problem
from passerelle.sheets.sections import FIELDS, SHEET_LIMIT
from passerelle.vocabulary import EVALUATION_KINDS, FORMS, TARGET_GROUPS, VocabularyList
from passerelle.web.my.forms import CONTACT_NAMES, ROW_FIELDS, Row, SheetForm, is_blank

ORDER = {
    name: place
    for place, name in enumerate(("language", "inhabitants", "sheet_date", *CONTACT_NAMES, *FIELDS))
}

_HOPELESS = 3 * SHEET_LIMIT  # characters


@dataclass(frozen=True)
class Reading:
    """What the form says, and what stands in the way of keeping or of submitting it."""

    content: SheetContent
    contact: Contact
    note: str
    problems: tuple[Problem, ...]  # nothing can be stored before these are mended
    missing: tuple[Problem, ...]  # nothing can be submitted before these are mended

    @property
    def to_mend(self) -> tuple[Problem, ...]:
        """All problems, in the order of the form."""
        return tuple(sorted({*self.problems, *self.missing}, key=_place))


def read(form: SheetForm) -> Reading:
    """Read `form`. A field that cannot be read has a problem, and is empty in the content.

    In a problem of a line, `row` counts the lines of the form, empty ones too. What is several times too
    large for a sheet is not read at all.
    """
    if form.size > _HOPELESS:
        too_large = (Problem("sheet", "sheet_too_large", limit=SHEET_LIMIT // 1000),)
        return Reading(SheetContent(), Contact(), "", too_large, too_large)
    reader = _Reader(form)
    content, contact = reader.content(), reader.contact()
    note = reader.text("note")
    unread = {(each.field, each.row) for each in reader.problems}

    def found(*, to_submit: bool) -> Iterator[Problem]:
        for each in problems_of(content, contact, to_submit=to_submit):
            at = replace(each, row=reader.place_of(each))
            if (at.field, at.row) not in unread:
                yield at

    return Reading(
        content,
        contact,
        note,
        tuple(sorted({*reader.problems, *found(to_submit=False)}, key=_place)),
        tuple(found(to_submit=True)),
    )


def _place(problem: Problem) -> tuple[int, int, str, str]:
    return ORDER.get(problem.field, len(ORDER)), problem.row or 0, problem.part, problem.code


@dataclass
class _Reader:
    """Goes through the form field by field, and notes what cannot be read."""

    form: SheetForm
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=dict)

    def content(self) -> SheetContent:
        return SheetContent(
            title=self.line("title"),
            summary=self.text("summary"),
            starts=self.date("starts"),
            ends=self.date("ends"),
            ongoing={"yes": True, "no": False}.get(self.form.text("ongoing")),
            duration_note=self.line("duration_note"),
            activities=self.text("activities"),
            violence_forms=self.codes("violence_forms", FORMS),
            objectives=tuple(filter(None, map(_one_line, self.text("objectives").split("\n")))),
            target_groups=self.codes("target_groups", TARGET_GROUPS),
            target_groups_text=self.text("target_groups_text"),
            partnerships=tuple(self._partner(row, at) for at, row in self._rows("partnerships")),
            outreach=self.text("outreach"),
            web_page=self.line("web_page"),
            innovation=self.text("innovation"),
            evaluation_method=self.text("evaluation_method"),
            evaluation_kinds=self.codes("evaluation_kinds", EVALUATION_KINDS),
            costs=tuple(self._cost(row, at) for at, row in self._rows("costs")),
            language=self.line("language"),
            inhabitants=self.whole("inhabitants"),
            sheet_date=self.day("sheet_date"),
        )

    def contact(self) -> Contact:
        return Contact(**{name.removeprefix("contact_"): self.line(name) for name in CONTACT_NAMES})

    def place_of(self, problem: Problem) -> int | None:
        """Where the line of a problem of the content stands in the form."""
        return None if problem.row is None else self.places[problem.field][problem.row]

    def text(self, name: str) -> str:
        return self._clean(clean_text, self.form.text(name), Problem(name, "unreadable"))

    def line(self, name: str) -> str:
        return self._clean(clean_line, self.form.text(name), Problem(name, "unreadable"))

    def date(self, name: str) -> str | None:
        typed = self.line(name)
        found = read_date(typed)
        if typed and found is None:
            self._note(Problem(name, "not_a_date"))
        return found

    def day(self, name: str) -> str | None:
        found = self.date(name)
        if found is not None and not is_day(found):
            self._note(Problem(name, "not_a_date"))
            return None
        return found

    def whole(self, name: str) -> int | None:
        typed = self.line(name)
        found = read_whole(typed)
        if typed and found is None:
            self._note(Problem(name, _why_no_number(typed)))
        return found

    def codes(self, name: str, known: VocabularyList) -> tuple[str, ...]:
        chosen = self.form.choices[name]
        unknown = tuple(legible(code) for code in chosen if code not in known)
        return (*known.in_order(chosen), *unknown)

    def _rows(self, name: str) -> Iterable[tuple[int, Row]]:
        """The lines with something in them, each with its place in the form."""
        kind = ROW_FIELDS[name]
        found = [(at, row) for at, row in enumerate(self.form.rows[kind]) if not is_blank(kind, row)]
        self.places[name] = [at for at, _ in found]
        return found

    def _partner(self, row: Row, at: int) -> Partner:
        cell = self._cells("partnerships", row, at)
        return Partner(cell("kind"), cell("name"), cell("role"))

    def _cost(self, row: Row, at: int) -> Cost:
        cell = self._cells("costs", row, at)
        return Cost(
            cell("kind"),
            cell("what"),
            self._number(read_decimal, cell("quantity"), Problem("costs", "", at, part="quantity")),
            cell("unit"),
            cell("provider"),
            self._number(read_euros, cell("euros"), Problem("costs", "", at, part="euros")),
        )

    def _cells(self, name: str, row: Row, at: int) -> Callable[[str], str]:
        return lambda part: self._clean(clean_line, row[part], Problem(name, "unreadable", at, part=part))

    def _number(self, reads: Callable[[str], str | None], typed: str, problem: Problem) -> str | None:
        found = reads(typed)
        if typed and found is None:
            self._note(replace(problem, code=_why_no_number(typed)))
        return found

    def _clean(self, cleans: Callable[[str], str], typed: str, problem: Problem) -> str:
        try:
            return cleans(typed)
        except UnreadableText:
            self._note(problem)
            return cleans(legible(typed))

    def _note(self, problem: Problem) -> None:
        """Note the first problem of a field: once it cannot be stored, what it means is not asked."""
        known = {(each.field, each.row, each.part) for each in self.problems}
        if (problem.field, problem.row, problem.part) not in known:
            self.problems.append(problem)


def _one_line(text: str) -> str:
    """A clean text with every run of white space as one space."""
    return " ".join(text.split())


def _why_no_number(typed: str) -> str:
    return "negative" if is_negative(typed) else "not_a_number"
