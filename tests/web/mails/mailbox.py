"""Read the mails that a test sent."""

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path


class Mailbox:
    """The folder of MAIL_URL."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def mails(self) -> list[EmailMessage]:
        """Every mail, the oldest first."""
        parser = BytesParser(EmailMessage, policy=policy.default)
        return [parser.parsebytes(file.read_bytes()) for file in sorted(self.folder.glob("*.eml"))]

    def words(self) -> str:
        """The words of the newest mail."""
        return str(self.mails()[-1].get_content())

    def path(self) -> str:
        """The path of the only address in the newest mail that carries something."""
        found = re.findall(r"http://localhost(/\S+)", self.words())
        return str(found[0])
