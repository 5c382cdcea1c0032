"""What a project wants of the checker: people, rules, levels, baseline."""

from dataclasses import dataclass, replace
from pathlib import Path

from pmdraft.blameless.rules import CATEGORIES, Rule, built_in, from_files
from pmdraft.errors import InputError
from pmdraft.levels import Level
from pmdraft.project_file import Table, project_table, strings

_KNOWN = ("people", "disable", "levels", "rules", "baseline", "fail-on")


@dataclass(frozen=True, slots=True)
class Settings:
    """One project's choices, read from its files."""

    people: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    """Rules and categories that are off."""
    levels: tuple[tuple[str, Level], ...] = ()
    """Levels that replace the ones of rules or categories."""
    rules: tuple[Path, ...] = ()
    """Files of the project's own rules."""
    baseline: Path | None = None
    fail_on: Level | None = Level.WARNING
    """From which level on findings make the command fail; None is never."""

    def chosen_rules(self) -> tuple[Rule, ...]:
        """The rules that are on, at the levels chosen.

        Raises:
            InputError: a switch names no rule and no category, or a rule file is broken.
        """
        rules = (*built_in(), *from_files(self.rules))
        known = {rule.id for rule in rules} | set(CATEGORIES)
        for name in (*self.disable, *(name for name, _ in self.levels)):
            if name not in known:
                raise InputError(f"settings: no rule or category {name!r}; `--explain list` names them all")
        levels = dict(self.levels)
        kept = [rule for rule in rules if rule.id not in self.disable and rule.category not in self.disable]
        if len(kept) == len(rules) and not levels and not self.rules:
            return built_in()
        return tuple(_at(rule, levels.get(rule.id, levels.get(rule.category))) for rule in kept)


def read_settings(folder: Path) -> Settings:
    """The settings of `.pmdraft.toml` or `pyproject.toml` in a folder or the nearest one above.

    Raises:
        InputError: the file is not TOML or says something unknown.
    """
    table = project_table(folder, "check")
    return Settings() if table is None else _settings(table)


def _settings(table: Table) -> Settings:
    values, path = table
    if unknown := sorted(set(values) - set(_KNOWN)):
        raise InputError(f"{path}: unknown key {unknown[0]!r}; known are {', '.join(_KNOWN)}")
    levels = values.get("levels", {})
    if not isinstance(levels, dict):
        raise InputError(f"{path}: 'levels' is no table; write for example exhortation = \"off\"")
    off = tuple(name for name, level in levels.items() if level == "off")
    return Settings(
        people=strings(table, "people"),
        disable=strings(table, "disable") + off,
        levels=tuple((name, _level(level, path)) for name, level in levels.items() if level != "off"),
        rules=tuple(path.parent / name for name in strings(table, "rules")),
        baseline=path.parent / values["baseline"] if isinstance(values.get("baseline"), str) else None,
        fail_on=_limit(values.get("fail-on", "warning"), path),
    )


def _limit(name: object, path: Path) -> Level | None:
    return None if name == "never" else _level(name, path, none="never")


def _level(name: object, path: Path, none: str = "off") -> Level:
    try:
        return Level(str(name))
    except ValueError:
        raise InputError(f"{path}: no level {name!r}; write error, warning, info or {none}") from None


def _at(rule: Rule, level: Level | None) -> Rule:
    if level is None:
        return rule
    return replace(rule, levels={kind: level if own else None for kind, own in rule.levels.items()}, cap=None)
