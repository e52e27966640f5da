"""Which file each office sent in each cycle, and with which habits."""

from __future__ import annotations

from dataclasses import dataclass

from tools.example_content.cells import Style

OFFICE_TABLES = (
    "returns",
    "activities",
    "counterparts",
    "capacities",
    "local_initiatives",
    "country_strategies",
    "added_value_tests",
)
PLAIN = Style()
WITHOUT_ACTIVITIES = tuple(name for name in OFFICE_TABLES if name != "activities")


@dataclass(frozen=True)
class FormFile:
    """One spreadsheet in the layout of the form.

    Attributes
    ----------
    name : str
        File name, as it came back.
    units : tuple of str
        Offices whose rows it holds.
    tables : tuple of str
        Sheets that it has.
    """

    name: str
    units: tuple[str, ...]
    style: Style = PLAIN
    tables: tuple[str, ...] = OFFICE_TABLES


@dataclass(frozen=True)
class TextFile:
    """One table as a CSV file.

    Attributes
    ----------
    units : tuple of str
        Offices whose rows it holds; empty for all rows.
    """

    name: str
    table: str
    units: tuple[str, ...]
    style: Style
    encoding: str = "utf-8"
    separator: str = ","


_MEETING = "Points from the call\nask again about the two rows marked low\nsend by Friday"

FORMS_2026 = (
    FormFile("IO Lisbon - mapping.xlsx", ("international",), Style(has_lists=True)),
    FormFile("China desk.xlsx", ("global-china",), Style(codes="code", dates="iso")),
    FormFile("UN liaison NY and GVA.xlsx", ("un-new-york", "un-geneva"), Style(rotate=4)),
    FormFile("EU desk Brussels.xlsx", ("eu-desk",), Style(dates="dotted")),
    FormFile(
        "HK 問卷 2026.xlsx",
        ("hong-kong",),
        Style("zh", dates="iso", is_full_width=True),
    ),
    FormFile("成都项目问卷.xlsx", ("china-programme",), Style("zh"), WITHOUT_ACTIVITIES),
    FormFile("France_réponse.xlsx", ("france",), Style("fr", dates="dotted")),
    FormFile("UK return (1).xlsx", ("united-kingdom",), Style(has_marker=False)),
    FormFile("Sweden nil return.xlsx", ("sweden",)),
    FormFile("Australia 2026.xlsx", ("australia",), Style(extra=("Budget line",))),
    FormFile("brazil_return.xlsx", ("brazil",), Style("es", codes="code", blank_every=2)),
    FormFile("Mapping form KENYA final v2.xlsx", ("kenya",), Style(has_lists=True)),
    FormFile(
        "Ethiopia_mapping_2026 (1).xlsx",
        ("ethiopia",),
        Style(rotate=6, extra=("Budget line", "Comments from finance")),
    ),
    FormFile("uganda.xlsx", ("uganda",), Style(dates="iso", blank_every=3)),
    FormFile("Zambia - FINAL FINAL.xlsx", ("zambia",), Style(dates="dotted", is_untidy=True)),
    FormFile("Formulaire RDC retourné.xlsx", ("dr-congo",), Style("fr", has_lists=True)),
    FormFile("NIGERIA Mapping Form.xlsx", ("nigeria",), Style(is_untidy=True, notes=_MEETING)),
    FormFile("Egypt form.xlsx", ("egypt",), Style(dates="iso")),
    FormFile("KHM mapping 2026-09.xlsx", ("cambodia",), Style(codes="code", dates="serial")),
    FormFile("MM for core team only.xlsx", ("myanmar",), Style(blank_every=4)),
    FormFile(
        "Indonesia v3 comments accepted.xlsx",
        ("indonesia",),
        Style(is_untidy=True, rotate=2, dates="dotted"),
    ),
    FormFile("philippines-office.xlsx", ("philippines",), Style(codes="code", notes=_MEETING)),
    FormFile("Kazakhstan first return.xlsx", ("kazakhstan",), Style()),
    # The same return, sent a second time.
    FormFile("Kazakhstan first return (2).xlsx", ("kazakhstan",), Style(dates="iso")),
    FormFile("Ecuador formulario devuelto.xlsx", ("ecuador",), Style("es", dates="dotted")),
    FormFile("PANAMÁ.ods", ("panama",), Style("es", extra=("Presupuesto",))),
    FormFile(
        "Answers by telephone typed by coordinator.xlsx",
        ("germany", "new-zealand", "cote-divoire", "viet-nam", "papua-new-guinea"),
        Style(codes="code", dates="iso", has_marker=False),
        WITHOUT_ACTIVITIES,
    ),
)
TEXTS_2026 = (
    TextFile("Activities DE export.csv", "activities", ("germany",), Style(), "utf-8-sig", ";"),
    TextFile(
        "activites_cote_divoire.csv",
        "activities",
        ("cote-divoire",),
        Style("fr", dates="dotted"),
        "cp1252",
        ";",
    ),
    TextFile("成都项目_活动清单.csv", "activities", ("china-programme",), Style("zh"), "gb18030"),
    TextFile("activities_viet_nam.csv", "activities", ("viet-nam",), Style(), "utf-16-le", "\t"),
    TextFile("name_decisions.csv", "name_decisions", (), Style(codes="code")),
)
KOBO_2026 = ("Global China workbook 2026-10-06.xlsx", ("bangladesh", "nepal", "sri-lanka"))
WHO_WHAT_WHERE_2026 = ("PNG_3W_Sept2026.xlsx", "papua-new-guinea")

FORMS_2025 = (
    FormFile("international.xlsx", ("international", "global-china"), Style(codes="code")),
    FormFile("un desks.xlsx", ("un-new-york", "un-geneva", "eu-desk"), Style()),
    FormFile("香港办事处.xlsx", ("hong-kong",), Style("zh", dates="iso")),
    FormFile("成都.xlsx", ("china-programme",), Style("zh")),
    FormFile("france 2025.xlsx", ("france",), Style("fr")),
    FormFile("uk.xlsx", ("united-kingdom",), Style(codes="code", dates="iso")),
    FormFile("Japan mapping.xlsx", ("japan",), Style(dates="iso")),
    FormFile("nil returns.xlsx", ("sweden", "new-zealand")),
    FormFile("australia.xlsx", ("australia",), Style()),
    FormFile("Kenya 2025.xlsx", ("kenya",), Style(has_lists=True)),
    FormFile("Ethiopia 2025.xlsx", ("ethiopia",), Style(rotate=6)),
    FormFile("Uganda 2025.xlsx", ("uganda",), Style(is_untidy=True)),
    FormFile("Zambia 2025.xlsx", ("zambia",), Style(dates="dotted")),
    FormFile("RDC 2025.xlsx", ("dr-congo",), Style("fr", dates="dotted")),
    FormFile("Cambodia.xlsx", ("cambodia",), Style(dates="serial")),
    FormFile("Indonesia.xlsx", ("indonesia",), Style(blank_every=2)),
    FormFile("Philippines.xlsx", ("philippines",), Style(codes="code")),
    FormFile("Bangladesh and Nepal.xlsx", ("bangladesh", "nepal"), Style(dates="iso")),
    FormFile("Perú y Ecuador.xlsx", ("peru", "ecuador"), Style("es", dates="dotted")),
    FormFile("serbia last return.xlsx", ("serbia",), Style()),
    FormFile(
        "typed by coordinator.xlsx",
        ("germany",),
        Style(codes="code", has_marker=False),
        WITHOUT_ACTIVITIES,
    ),
)
TEXTS_2025 = (
    TextFile("activities germany.csv", "activities", ("germany",), Style(), "cp1252", ";"),
    TextFile("name_decisions.csv", "name_decisions", (), Style(codes="code")),
)

FORMS = {2025: FORMS_2025, 2026: FORMS_2026}
TEXTS = {2025: TEXTS_2025, 2026: TEXTS_2026}
