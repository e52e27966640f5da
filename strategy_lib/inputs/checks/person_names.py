"""Names of people where posts are asked for: told, so that somebody takes them out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

import pandas as pd

from strategy_lib.inputs.checks.locations import RowValues, tell
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.reference import reference
from strategy_lib.schema.schema import code_list

# The commonest family names in China, as they are written in Latin letters (own list; what is an
# English word too is left out), and the same in characters.
_FAMILIES = (
    "Wang|Zhang|Chen|Yang|Zhao|Huang|Zhou|Wu|Xu|Zhu|Guo|Luo|Gao|Lin|Zheng|Liang|Xie|Xi|Tang|Feng|"
    "Deng|Cao|Peng|Zeng|Xiao|Tian|Dong|Pan|Yuan|Cai|Jiang|Yu|Du|Ye|Cheng|Wei|Su|Lü|Ding|Ren|Lu|"
    "Yao|Shen|Jin|Zhong|Tan|Fan|Liao|Jia|Xia|Fu|Fang|Zou|Xiong|Meng|Qin|Qiu|Hou|Yan|Xue|Lei|Duan|"
    "Tao|Hao|Gu|Mao|Shao|Li|Liu|Ma|Sun|Hu|Song|Han"
)
_CHARACTERS = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔崔康毛邱秦江史顾"
    "侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_TITLES = r"Mr|Mrs|Ms|Dr|Prof|Professor|Madam|Sir|Mme|Sra?|Herr|Frau|Comrade"
_CAPITAL = r"[A-ZÀ-Þ][\w’'-]+"
_PERSON = re.compile(
    rf"\b(?:{_TITLES})\.? {_CAPITAL}(?: {_CAPITAL})?|\b(?:{_FAMILIES}) {_CAPITAL}"
    rf"|[{_CHARACTERS}][\u4e00-\u9fff]{{1,2}}(?=先生|女士|同志|[，,、（(]?(?:任|担任|出任|系))"
)
_TWO_WORDS = re.compile(rf"\b{_CAPITAL} {_CAPITAL}\b")
_WORD = re.compile(r"\w+")
# Words of posts and places that stand in no name of the reference.
_OF_POSTS = frozenset(
    _WORD.findall(
        "Party Congress Standing Affairs Vice Deputy General Secretary Central Provincial Municipal "
        "Politburo Department Chair Chairman Director President Work Front State Board The Its One "
        "Two Former"
    )
)


def person_named(text: str, names: Iterable[str] = (), *, is_strict: bool = False) -> str:
    """What in a text looks like the name of a person; empty where nothing does.

    Parameters
    ----------
    names : iterable of str
        Names of organisations and offices, which are none of people; the longest first.
    is_strict : bool
        Whether any two words with capitals count, unless they stand in the name of an organisation
        or of a post.

    Examples
    --------
    >>> person_named("Wang Xiaoming, a former official, chairs it")
    'Wang Xiaoming'
    >>> person_named("A former official of the Ministry of Civil Affairs chairs it", is_strict=True)
    ''
    >>> person_named("Two posts, one held by John Smith", is_strict=True)
    'John Smith'
    """
    for name in names:
        text = text.replace(name, "·")
    found = _PERSON.search(text)
    if found or not is_strict:
        return found.group() if found else ""
    known = _OF_POSTS | _words_of_organisations()
    for pair in _TWO_WORDS.findall(text):
        if not known.intersection(_WORD.findall(pair)):
            return str(pair)
    return ""


@cache
def _words_of_organisations() -> frozenset[str]:
    names = [*reference("actors")["name"], *reference("policies")["name"]]
    names += [code.label() for code in code_list("country").codes]
    return frozenset(word for name in names for word in _WORD.findall(str(name)))


def names_of_bodies(frames: Mapping[str, pd.DataFrame]) -> list[str]:
    """Names of organisations and offices that somebody listed."""
    counterparts = frames["counterparts"]
    aliases = (name for names in counterparts["aliases"] for name in names)
    names = [*counterparts["name"].dropna(), *aliases, *frames["units"]["name"].dropna()]
    return sorted(map(str, names), key=len, reverse=True)


def tell_people(
    problem_log: ProblemLog,
    table: str,
    row: RowValues,
    column: str,
    names: Iterable[str],
    *,
    is_strict: bool = False,
) -> None:
    """Warn where one text of a row seems to name a person."""
    found = person_named(str(row[column] or ""), names, is_strict=is_strict)
    if found:
        message = f"“{found}” looks like the name of a person; write the post, no name"
        fault = Fault("person_named", message, found, "a post", severity="warning")
        tell(problem_log, table, row, column, fault)
