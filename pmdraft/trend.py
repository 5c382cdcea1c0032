"""How often something was written in an incident, against how often it was before."""

from pmdraft.language import Bilingual, Language
from pmdraft.records import Record

_TIMES = Bilingual("{stretch}の{factor}倍の頻度", "×{factor} against {stretch}")
_STOPPED = Bilingual("{stretch}の{before}件のあと途絶えた", "{before} in {stretch}, none since")
_NEW = Bilingual("{stretch}にはなかった", "none in {stretch}")
_HOUR = Bilingual("直前1時間", "the hour before")
_MINUTES = Bilingual("直前{minutes}分", "the {minutes} min before")


class Trend(Record):
    """Log lines of one form in the incident, and in the stretch right before it.

    The incident is from the first alert, or the first message where there is none, to the last of either. The
    stretch before is the hour before that, or as much of it as the log and the window of the run hold.
    """

    before: int
    """How many there were in the stretch before."""
    before_minutes: float
    """How long that stretch is."""
    during: int
    """How many there were in the incident."""
    during_minutes: float
    """How long the incident is, as far as the log goes."""

    @property
    def factor(self) -> float | None:
        """How many times as often they were written as before; None where there were none before."""
        if not self.before:
            return None
        return (self.during / self.during_minutes) / (self.before / self.before_minutes)

    def to(self, language: Language) -> str:
        """The change in a few words: `×12 against the hour before`."""
        minutes = round(self.before_minutes)
        stretch = _HOUR.to(language) if minutes == 60 else _MINUTES.to(language, minutes=minutes)
        if self.factor is None:
            return _NEW.to(language, stretch=stretch)
        if not self.during:
            return _STOPPED.to(language, stretch=stretch, before=self.before)
        shown = f"{self.factor:.0f}" if self.factor >= 10 else f"{self.factor:.1f}".removesuffix(".0")
        return _TIMES.to(language, stretch=stretch, factor=shown)
