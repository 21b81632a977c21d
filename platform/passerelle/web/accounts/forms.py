"""The forms of accounts: what they ask and what they answer to what cannot be taken."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, StopValidation, ValidationError

from passerelle.accounts.emails import LONGEST_EMAIL, NotAnAddress, clean_email
from passerelle.accounts.models import Role
from passerelle.accounts.passwords import LONGEST, SHORTEST, PasswordProblem, problem_of
from passerelle.core.text import UnreadableText, clean_line
from passerelle.vocabulary import ROLES
from passerelle.web.languages import LANGUAGES

LONGEST_NAME = 120
LANGUAGE_CHOICES = [SelectChoice(code, name) for code, name in LANGUAGES.items()]


class Form(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A form whose problems can be listed above it."""

    @property
    def errors_by_id(self) -> list[tuple[str, str]]:
        """Each problem with the id of its field, in the order of the form."""
        return [(field.id, str(error)) for field in self for error in field.errors]


def one_line(text: str | None) -> str:
    """The typed line, clean. Raises `ValueError` with a sentence for the person who typed it."""
    try:
        return clean_line(text or "")
    except UnreadableText:
        raise ValueError(_("This text holds characters that cannot be stored. Type it again.")) from None


def an_address(_form: Form, field: StringField) -> None:
    """Put the address into the form in which addresses are stored, or say what one looks like."""
    try:
        field.data = clean_email(field.data or "")
    except NotAnAddress:
        raise ValidationError(_("Enter an e-mail address, for example name@municipality.be")) from None


def not_easy(form: Form, field: PasswordField) -> None:
    """Say why the password is too easy; the view put the person's address on the form."""
    problem = problem_of(field.data or "", getattr(form, "person_email", ""))
    if problem is not None:
        raise StopValidation(_words_of(problem))


def _words_of(problem: PasswordProblem) -> str:
    words: dict[PasswordProblem, str] = {
        PasswordProblem.TOO_SHORT: _(
            "Choose a password of %(shortest)s characters or more; a short sentence is good.",
            shortest=SHORTEST,
        ),
        PasswordProblem.TOO_LONG: _("Choose a password of %(longest)s characters or fewer.", longest=LONGEST),
        PasswordProblem.IS_THE_EMAIL: _("Choose a password that is not your e-mail address."),
        PasswordProblem.TOO_COMMON: _(
            "This password is among the first that are tried. Choose another one, such as a short sentence."
        ),
    }
    return words[problem]


class SignInForm(Form):
    """Address and password; where to go afterwards."""

    email = EmailField(_l("E-mail address at work"), [DataRequired(_l("Enter your e-mail address"))])
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Enter your password"))],
        description=_l("Your password manager may fill it in."),
    )
    keep = BooleanField(
        _l("Stay signed in on this device"),
        description=_l("For seven days at most, and only while you come back within twelve hours."),
    )
    next = HiddenField()


class ResetForm(Form):
    """The address of whoever forgot the password."""

    email = EmailField(
        _l("E-mail address at work"), [DataRequired(_l("Enter your e-mail address")), an_address]
    )


class NewPasswordForm(Form):
    """A new password, typed once: a manager or the eye on the field checks it better than typing twice."""

    person_email = ""
    password = PasswordField(
        _l("New password"),
        [InputRequired(_l("Enter a new password")), not_easy],
        description=_l("At least 12 characters. A short sentence is good; you may paste it."),
    )


class AcceptForm(NewPasswordForm):
    """What somebody who was invited says: a name and a password."""

    name = StringField(
        _l("Your name"),
        [DataRequired(_l("Enter your name")), Length(max=LONGEST_NAME, message=_l("Enter a shorter name"))],
        filters=[one_line],
        description=_l("Your colleagues and the coordinators see it."),
    )


class ChangePasswordForm(NewPasswordForm):
    """The password now, and the new one."""

    current_password = PasswordField(
        _l("Current password"), [InputRequired(_l("Enter your current password"))]
    )


class AccountForm(Form):
    """How a person is called and which language they read."""

    name = StringField(
        _l("Your name"),
        [DataRequired(_l("Enter your name")), Length(max=LONGEST_NAME, message=_l("Enter a shorter name"))],
        filters=[one_line],
    )
    language = SelectField(
        _l("Language"),
        choices=LANGUAGE_CHOICES,
        description=_l("Our mails to you are written in this language."),
    )


class InviteForm(Form):
    """Whom to invite to a commune, as what, and in which language to write to them."""

    email = EmailField(
        _l("E-mail address at work"),
        [
            DataRequired(_l("Enter an e-mail address, for example name@municipality.be")),
            Length(max=LONGEST_EMAIL, message=_l("Enter a shorter address")),
            an_address,
        ],
    )
    role = SelectField(_l("Role"), default=Role.CONTRIBUTOR.value)
    language = SelectField(_l("Language of the mail"), choices=LANGUAGE_CHOICES)


class RoleForm(Form):
    """Another role for a member."""

    role = SelectField(_l("Role"))


def role_choices(language: str) -> list[SelectChoice]:
    """The three roles of a member, named in `language`, the one with the least rights first."""
    return [SelectChoice(role.value, ROLES.label(role.value, language)) for role in Role]
