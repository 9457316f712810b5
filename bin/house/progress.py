"""What a start prints while it works: how far it is, in percent, and what it does now."""

import time

from .places import say


class Progress:
    """Percent of a run whose stages take about so many ``seconds`` each."""

    def __init__(self, seconds):
        self.seconds, self.begun, self.stage, self.part = seconds, time.monotonic(), None, 0.0

    def enter(self, stage):
        """A function that prints what ``stage`` does, one line after the other."""
        self.stage, self.part = stage, 0.0
        return self.say

    def say(self, text, part=None):
        """Print a line; ``part`` of the stage is done, between 0 and 1, if that is known."""
        self.part = max(self.part, part or 0.0)
        say(f"{self.percent():3d} %  {text}")

    def percent(self):
        names = list(self.seconds)
        before = sum(self.seconds[name] for name in names[: names.index(self.stage)])
        done = before + self.part * self.seconds[self.stage]
        return round(100 * done / sum(self.seconds.values()))
