"""Make what is generated from the schemas: blank forms, the XLSForm and the data dictionary."""

from __future__ import annotations

import sys
from pathlib import Path

from strategy_lib.core.settings import OPTIONAL_CHAPTERS
from strategy_lib.cycles.create import blank_forms, survey_tables, write_blank_form
from strategy_lib.forms.xlsform import write_xlsform
from strategy_lib.schema.schema import LANGUAGES

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from tools.data_dictionary import data_dictionary  # noqa: E402 - the path is set above

ORGANISATION = "Your organisation"
YEAR = 2026


def build(forms: Path, dictionary: Path) -> list[Path]:
    """Write every generated file; the paths written."""
    forms.mkdir(parents=True, exist_ok=True)
    made = []
    for form in blank_forms(OPTIONAL_CHAPTERS):
        for language in LANGUAGES if form.is_sent_out else ("en",):
            name = f"{form.name}-{language}" if form.is_sent_out else form.name
            path = forms / f"{name}.xlsx"
            made.append(write_blank_form(path, form, language, ORGANISATION, YEAR))
    made.append(write_xlsform(forms / "mapping-xlsform.xlsx", survey_tables()))
    dictionary.write_text(data_dictionary(), encoding="utf-8")
    return [*made, dictionary]


if __name__ == "__main__":
    for path in build(ROOT / "templates" / "forms", ROOT / "data" / "README.md"):
        print(path.relative_to(ROOT))
