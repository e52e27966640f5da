"""Words of a form that no schema holds, in the languages of the forms."""

from __future__ import annotations

from collections.abc import Mapping

READ_ME: Mapping[str, str] = {"en": "read me", "fr": "lisez-moi", "es": "léeme", "zh": "说明"}
HELP: Mapping[str, str] = {"en": "help", "fr": "aide", "es": "ayuda", "zh": "说明"}
EXAMPLE: Mapping[str, str] = {"en": "example", "fr": "exemple", "es": "ejemplo", "zh": "示例"}
CODES: Mapping[str, str] = {"en": "codes", "fr": "codes", "es": "códigos", "zh": "代码"}
INTRODUCTION: Mapping[str, tuple[str, ...]] = {
    "en": (
        "What do we do with, on or about China?",
        "One sheet a table; leave empty what does not apply.",
        "No names of people; roles are enough.",
    ),
    "fr": (
        "Que faisons-nous avec la Chine, sur elle ou à son sujet ?",
        "Une feuille par tableau ; laissez vide ce qui ne vous concerne pas.",
        "Pas de noms de personnes ; la fonction suffit.",
    ),
    "es": (
        "¿Qué hacemos con China, sobre China o en torno a China?",
        "Una hoja por tabla; deje vacío lo que no corresponda.",
        "Sin nombres de personas; basta la función.",
    ),
    "zh": (
        "我们与中国机构开展了哪些工作？",
        "每张表一个工作表；不适用的请留空。",
        "请勿填写个人姓名，写职务即可。",
    ),
}
