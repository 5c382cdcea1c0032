"""The report as one HTML page: a bar with its confidence interval for each measure and system."""

from jinja2 import Environment

from evals.report import BRIEF, SYSTEMS, Row, brief, totals
from evals.score import Score, wilson

_WIDTH = 420
_COLOURS = {"pmdraft": "#1f6f5c", "one prompt": "#b3541e", "outline": "#7a7a7a"}
_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>pmdraft evals</title>
<style>
 body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
 table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .2rem .6rem; vertical-align: top }
 tr + tr { border-top: 1px solid #eee } .reason { color: #666; font-size: 13px } svg { display: block }
 .less::after { content: " (less is better)"; color: #888; font-size: 12px }
</style>
<h1>pmdraft evals</h1>
<p>Shares with 95 % Wilson intervals, over {{ cases }} cases.
{% for system, colour in colours.items() %}<span style="color:{{ colour }}">■ {{ system }}</span> {% endfor %}</p>
{% for title, measures in parts %}
<h2>{{ title }}</h2>
<table>
{% for measure, less, bars in measures %}
<tr><td{% if less %} class="less"{% endif %}>{{ measure }}</td><td>
<svg width="{{ width + 130 }}" height="{{ bars | length * 16 }}" role="img" aria-label="{{ measure }}">
{% for bar in bars %}
 <rect x="0" y="{{ loop.index0 * 16 + 2 }}" width="{{ bar.length }}" height="11" fill="{{ bar.colour }}"></rect>
 <line x1="{{ bar.low }}" x2="{{ bar.high }}" y1="{{ loop.index0 * 16 + 7.5 }}" y2="{{ loop.index0 * 16 + 7.5 }}"
  stroke="#000" stroke-opacity=".5"></line>
 <text x="{{ width + 8 }}" y="{{ loop.index0 * 16 + 12 }}" font-size="12">{{ bar.label }}</text>
{% endfor %}
</svg></td></tr>
{% endfor %}
</table>
{% endfor %}
<h2>Amounts</h2>
<table><tr><th>measure</th>{% for system in systems %}<th>{{ system }}</th>{% endfor %}</tr>
{% for measure, values in amounts %}
<tr><td>{{ measure }}</td>{% for value in values %}<td>{{ value }}</td>{% endfor %}</tr>
{% endfor %}</table>
<h2>Each draft</h2>
<table><tr><th>case</th><th>system</th>{% for name in brief %}<th>{{ name }}</th>{% endfor %}</tr>
{% for row, cells in each %}
<tr><td>{{ row.case }}</td><td>{{ row.system }}</td>{% for cell in cells %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table>
<h2>Reasons</h2>
<table>
{% for row, score in reasons %}
<tr><td>{{ row.case }}<br>{{ row.system }}</td>
 <td>{{ score.measure }}<div class="reason">{{ score.reason }}</div></td></tr>
{% endfor %}
</table></html>
"""


def page(rows: list[Row]) -> str:
    """The page; whatever a case or a model wrote in it is escaped."""
    languages = sorted({row.language for row in rows})
    chosen = [("All cases", rows), *((name, [row for row in rows if row.language == name]) for name in languages)]
    everything = totals(rows)
    systems = [system for system in SYSTEMS if system in everything]
    plain = dict.fromkeys(measure for system in systems for measure, score in everything[system].items() if score.plain)
    return (
        Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
        .from_string(_PAGE)
        .render(
            cases=len({row.case for row in rows}),
            colours={system: _COLOURS[system] for system in systems},
            systems=systems,
            width=_WIDTH,
            parts=[(title, _measures(part, systems)) for title, part in chosen],
            amounts=[(measure, [_amount(everything[system].get(measure)) for system in systems]) for measure in plain],
            brief=BRIEF,
            each=[(row, brief(row)) for row in rows],
            reasons=[(row, score) for row in rows for score in row.scores if score.reason],
        )
    )


def _measures(rows: list[Row], systems: list[str]) -> list[tuple[str, bool, list[dict[str, object]]]]:
    found = totals(rows)
    shares: dict[str, dict[str, Score]] = {}
    for system in systems:
        for measure, score in found.get(system, {}).items():
            if not score.plain and score.value is not None:
                shares.setdefault(measure, {})[system] = score
    return [
        (measure, not next(iter(by.values())).good, [_bar(system, score) for system, score in by.items()])
        for measure, by in shares.items()
    ]


def _bar(system: str, score: Score) -> dict[str, object]:
    low, high = wilson(score.hits, score.of)
    value = score.value or 0.0
    return {
        "colour": _COLOURS[system],
        "length": round(value * _WIDTH, 1),
        "low": round(low * _WIDTH, 1),
        "high": round(high * _WIDTH, 1),
        "label": f"{value:.3f}  {score.hits:.0f}/{score.of:.0f}",
    }


def _amount(score: Score | None) -> str:
    return "–" if score is None or score.value is None else f"{score.value:,.1f}"
