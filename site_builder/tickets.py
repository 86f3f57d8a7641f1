"""Tasks that several processes share: whoever takes a ticket has taken those tasks, and nobody else has."""

from __future__ import annotations

import os
from dataclasses import dataclass

# As many as a pipe surely holds.
_MOST = 4096
_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Tickets:
    """A pipe with numbers of tasks in it, each of which stands for the next `at_once` of them up to `end`.

    It is made before a process is forked, and shared with it.
    """

    reader: int
    at_once: int
    end: int

    @classmethod
    def of(cls, numbers: range, at_once: int = 1) -> Tickets:
        """Returns tickets for these numbers, of which at least so many are taken at once."""
        at_once = max(at_once, len(numbers) // _MOST + 1)
        first_ones = b"".join(number.to_bytes(_LENGTH) for number in numbers[::at_once])
        return cls(_holding(first_ones), at_once, numbers.stop)

    def take(self) -> range:
        """Returns the numbers of tasks that nobody has taken: none if all are."""
        ticket = os.read(self.reader, _LENGTH)
        first = int.from_bytes(ticket)
        return range(first, min(first + self.at_once, self.end)) if ticket else range(0)

    def drop(self) -> None:
        """Leaves nothing to be taken."""
        while os.read(self.reader, _LENGTH * 1024):
            pass

    def rest(self) -> Tickets:
        """Returns what nobody has taken as other tickets, and leaves nothing of these."""
        numbers = b"".join(iter(lambda: os.read(self.reader, _LENGTH * 1024), b""))
        self.close()
        return Tickets(_holding(numbers), self.at_once, self.end)

    def close(self) -> None:
        """Gives up this process's end."""
        os.close(self.reader)


def _holding(content: bytes) -> int:
    """Returns the end of a pipe that these bytes are read from, and nothing after them."""
    reader, writer = os.pipe()
    os.write(writer, content)
    os.close(writer)
    return reader
