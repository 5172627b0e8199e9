"""Email, by the address in EMAIL_URL: as files in a folder, or to a mail server."""

import hashlib
import os
import smtplib
import ssl
import time
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from alerts.transports import TIMEOUT, Letter, NotSent, Rejected

CONNECT = 3  # seconds for each step before the text
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def transport(url: str, sender: str) -> "Files | Smtp":
    """file:///folder, smtp://user:password@host:port or smtps://host. Raises NotSent for another."""
    address = urlsplit(url)
    if address.scheme == "file":
        return Files(Path(unquote(address.path)), sender)
    if address.scheme in ("smtp", "smtps"):
        return Smtp(address, sender)
    raise NotSent("EMAIL_URL must begin with file://, smtp:// or smtps://")


def name_of(reference: str) -> str:
    """A name for the message that says nothing and is always the same."""
    return hashlib.sha256(reference.encode()).hexdigest()[:32]


def compose(letter: Letter, sender: str) -> EmailMessage:
    """The message as it travels. The same reference gives the same Message-ID.

    Raises Rejected where it cannot be written down: no later try would write it either.
    """
    message = EmailMessage()
    # As it stands where that can travel, so that the link stays on one line.
    encoding = "7bit" if letter.body.isascii() else "quoted-printable"
    try:
        message["From"], message["To"], message["Subject"] = sender, letter.to, letter.subject
        message.set_content(letter.body, cte=encoding)
    except ValueError as error:
        raise Rejected(f"The message cannot be written: {error}") from error
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{name_of(letter.reference)}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    return message


class Files:
    """One file for each message, written whole or not at all; the same message is the same file."""

    remembers = True

    def __init__(self, folder: Path, sender: str) -> None:
        self.folder = folder
        self.sender = sender

    def path(self, reference: str) -> Path:
        return self.folder / f"{name_of(reference)}.eml"

    def send(self, letter: Letter) -> str:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.path(letter.reference)
        unfinished = path.with_suffix(".part")
        with unfinished.open("wb") as file:
            file.write(compose(letter, self.sender).as_bytes())
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        return path.name

    def found(self, reference: str) -> str | None:
        path = self.path(reference)
        return path.name if path.exists() else None


class Smtp:
    """A mail server. It cannot be asked what it has taken, so a doubtful message goes again."""

    remembers = False

    def __init__(self, address: SplitResult, sender: str) -> None:
        self.address = address
        self.sender = sender

    def send(self, letter: Letter) -> str:
        message = compose(letter, self.sender)
        until = time.monotonic() + TIMEOUT
        server = self.connect()
        try:
            self.begin(server, letter.to)
            if until - time.monotonic() < 1:
                raise NotSent("The mail server is too slow")
            if server.sock:
                server.sock.settimeout(until - time.monotonic())
            hand_over(server, message.as_bytes())
            with suppress(OSError, smtplib.SMTPException):
                server.quit()  # it has the message: how it says goodbye changes nothing
        finally:
            server.close()
        return str(message["Message-ID"])

    def found(self, reference: str) -> str | None:
        return None

    def connect(self) -> smtplib.SMTP:
        """A connection, secured where the server can and always where a password is to travel."""
        host, port = self.address.hostname or "localhost", self.address.port or 0
        context = ssl.create_default_context()
        try:
            if self.address.scheme == "smtps":
                return smtplib.SMTP_SSL(host, port, timeout=CONNECT, context=context)
            server = smtplib.SMTP(host, port, timeout=CONNECT)
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(f"The mail server cannot be reached: {error}") from error
        try:
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=context)
            elif self.address.username and host not in LOOPBACK:
                raise NotSent("The mail server offers no TLS, so the password was not sent")
        except (OSError, smtplib.SMTPException) as error:
            server.close()
            raise NotSent(f"The mail server did not greet: {error}") from error
        except NotSent:
            server.close()
            raise
        return server

    def begin(self, server: smtplib.SMTP, to: str) -> None:
        """Everything up to the text: whatever fails here, nothing was taken."""
        try:
            if self.address.username:
                server.login(unquote(self.address.username), unquote(self.address.password or ""))
            server.ehlo_or_helo_if_needed()
            for code, answer in (server.mail(self.sender), server.rcpt(to)):
                if code >= 400:
                    refuse(code, answer)
        except smtplib.SMTPAuthenticationError as error:
            raise NotSent(f"The mail server refused the password: {error.smtp_code}") from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(f"The mail server broke off: {error}") from error


def hand_over(server: smtplib.SMTP, text: bytes) -> None:
    """The text itself. From here on, no answer is not a "no"."""
    try:
        code, answer = server.data(text)
    except smtplib.SMTPDataError as error:  # it did not even want the text
        refuse(error.smtp_code, error.smtp_error)
    else:
        if code >= 400:
            refuse(code, answer)


def refuse(code: int, answer: bytes | str) -> None:
    """Raise Rejected for a lasting refusal (5xx) and NotSent for a passing one."""
    said = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    text = f"{code} {said}"
    raise Rejected(text) if code >= 500 else NotSent(text)
