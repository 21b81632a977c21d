"""The parts of a form: label, help, error and control belong together, and nothing typed is lost."""

import pytest
from wtforms import (
    BooleanField,
    EmailField,
    Form,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice

from tests.web.showroom import attributes, parsed_part, rendered

FIELDS = '{% from "components/fields.html" import field, group, input, remove, repeated, textarea %}'


class SampleForm(Form):  # type: ignore[misc]  # wtforms has no types
    """One field of each type."""

    title = StringField("Title", description="Short and clear.")
    mail = EmailField("E-mail")
    secret = PasswordField("Password")
    summary = TextAreaField("Summary")
    language = SelectField(
        "Language", choices=[SelectChoice("fr", "Français"), SelectChoice("nl", "Nederlands")]
    )
    forms = SelectMultipleField(
        "Forms", choices=[SelectChoice("partner", "Partner"), SelectChoice("child", "Child")]
    )
    evaluation = RadioField("Evaluation", choices=[SelectChoice("none", "None"), SelectChoice("own", "Own")])
    running = BooleanField("Still running")


def test_help_and_error_stand_between_label_and_control_and_are_tied_to_it() -> None:
    markup = rendered(FIELDS + "{{ input('y', 'Start year', '2o21', help='A year.', error='Enter a year') }}")

    elements = parsed_part(markup)
    assert (
        markup.index("Start year")
        < markup.index("A year.")
        < markup.index("Enter a year")
        < markup.index("<input")
    )
    assert attributes(elements, "input")["aria-describedby"] == "y-help y-error"
    assert attributes(elements, "input")["aria-invalid"] == "true"
    assert attributes(elements, "input")["value"] == "2o21"


def test_a_field_without_help_or_error_is_tied_to_nothing() -> None:
    control = attributes(parsed_part(rendered(FIELDS + "{{ input('y', 'Year') }}")), "input")

    assert control == {"class": "form-control", "type": "text", "id": "y", "name": "y"}


def test_optional_fields_say_so_and_required_fields_carry_no_sign() -> None:
    assert "(optional)" in rendered(FIELDS + "{{ input('y', 'Year', optional=true) }}")
    assert "*" not in rendered(FIELDS + "{{ input('y', 'Year', required=true) }}")


def test_a_password_is_never_shown_again() -> None:
    markup = rendered(FIELDS + "{{ input('p', 'Password', 'correct horse', type='password') }}")

    assert "correct horse" not in markup


def test_a_long_text_comes_back_as_it_was_typed_first_line_break_included() -> None:
    typed = "\n\n  Le café & <b>les</b> « mamans »\n</textarea><script>"

    elements = parsed_part(rendered(FIELDS + "{{ textarea('a', 'Activities', typed) }}", typed=typed))

    assert [element.tag for element in elements if element.tag in ("b", "script")] == []
    markup = rendered(FIELDS + "{{ textarea('a', 'Activities', typed) }}", typed="\nsecond line")
    assert ">\n\nsecond line</textarea>" in markup


def test_a_limit_is_said_in_words_and_never_cuts_what_is_typed() -> None:
    elements = parsed_part(rendered(FIELDS + "{{ textarea('s', 'Summary', 'x', limit=300) }}"))

    control = attributes(elements, "textarea")
    assert "maxlength" not in control
    assert control["aria-describedby"] == "s-count"
    line = next(element for element in elements if element.attributes.get("id") == "s-count")
    assert line.text == "300 characters at most"
    assert line.attributes["data-words"] == "{used} of {limit} characters"


def test_a_group_of_choices_is_a_fieldset_whose_first_box_carries_the_error() -> None:
    options = [("partner", "Partner"), ("child", "Child")]
    source = (
        FIELDS + "{{ group('forms', 'Forms', options, ['child'], kind, error='Tick at least one form') }}"
    )

    for kind in ("plain", "pick", "chip"):
        elements = parsed_part(rendered(source, options=options, kind=kind))
        boxes = [element.attributes for element in elements if element.tag == "input"]
        assert attributes(elements, "fieldset")["id"] == "forms"
        assert boxes[0]["aria-describedby"] == "forms-error"
        assert boxes[0]["id"] == "forms-partner"
        assert ["checked" in box for box in boxes] == [False, True]


@pytest.mark.parametrize(
    "kept", [{}, {"title": "Café <b>", "forms": ["child"], "running": "1", "evaluation": "own"}]
)
def test_every_type_of_wtforms_field_is_laid_out_with_what_was_typed(kept: dict[str, str]) -> None:
    form = SampleForm(data=kept)
    form.title.errors = ["Give a title", "of at most 80 characters"]

    elements = parsed_part(rendered(FIELDS + "{% for f in form %}{{ field(f) }}{% endfor %}", form=form))

    names = {element.attributes["name"] for element in elements if "name" in element.attributes}
    assert names == set(form._fields)
    title = next(e.attributes for e in elements if e.attributes.get("name") == "title")
    assert title.get("value") == kept.get("title")
    assert title["aria-describedby"] == "title-help title-error"
    ticked = {e.attributes["value"] for e in elements if "checked" in e.attributes}
    assert ticked == ({"child", "1", "own"} if kept else set())


def test_lines_can_be_added_and_removed_by_plain_buttons_of_the_form() -> None:
    source = (
        "{% call repeated('partner', 'Add a partner') %}<div class='rowline'>"
        "{{ remove('partner', 1, 'Centre PMS') }}</div>{% endcall %}"
    )

    elements = parsed_part(rendered(FIELDS + source))

    buttons = [element for element in elements if element.tag == "button"]
    assert [(b.attributes["name"], b.attributes["value"]) for b in buttons] == [
        ("do", "del-partner-1"),
        ("do", "add-partner"),
    ]
    assert [button.text for button in buttons] == ["Remove Centre PMS", "Add a partner"]
