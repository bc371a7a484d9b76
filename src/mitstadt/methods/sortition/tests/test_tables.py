"""Hostile or careless input: a sentence that names row and value, never a crash."""

import pytest

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.sortition import pool as pool_module
from mitstadt.methods.sortition.classes import build_problem
from mitstadt.methods.sortition.pool import read_pool
from mitstadt.methods.sortition.quotas import read_quotas

QUOTAS = ["category,feature,min,max\n", "age,young,1,2\n", "age,old,1,2\n"]
POOL = ["id,age\n", "a,young\n", "b,old\n", "c,old\n"]


def quotas_of(lines=QUOTAS):
    return read_quotas(lines)


@pytest.mark.parametrize(
    ("lines", "code", "words"),
    [
        ([], "table_empty", "is empty"),
        (["category,feature,min\n", "a,b,1\n"], "quota_header", "needs category, feature, min and max"),
        ([*QUOTAS, "age,young,0,1\n"], "quota_twice", "line 4: age “young” was already given in line 2"),
        ([QUOTAS[0], "age,young,3,2\n"], "quota_crossed", "line 2: age “young”: the minimum 3 is larger"),
        ([QUOTAS[0], "age,young,-1,2\n"], "quota_negative", "below zero"),
        ([QUOTAS[0], "age,young,many,2\n"], "quota_not_a_number", "line 2: “many” is not a whole number"),
        ([QUOTAS[0], "age,young,1.5,2\n"], "quota_not_a_number", "“1.5”"),
        ([QUOTAS[0], "age,young,1\n"], "row_length", "line 2: 3 cells where the header has 4"),
        ([QUOTAS[0], ",young,1,2\n"], "quota_unnamed", "line 2: category or feature is blank"),
        ([QUOTAS[0]], "quotas_none", "There is no quota"),
    ],
)
def test_careless_quotas_are_told_with_line_and_value(lines, code, words):
    with pytest.raises(MethodError) as refused:
        quotas_of(lines)

    assert refused.value.code == code
    assert words in refused.value.sentence


@pytest.mark.parametrize(
    ("lines", "code", "words"),
    [
        (["id,age\n"], "pool_empty", "no people"),
        (["name,age\n", "a,old\n"], "id_missing", "no column “id”"),
        (["id,aeg\n", "a,old\n"], "category_missing", "no column “age”"),
        ([*POOL, "d,yuong\n"], "feature_unknown", "line 5: “yuong” is no feature of age"),
        ([*POOL, "d,yuong\n"], "feature_unknown", "Did you mean “young”?"),
        ([*POOL, "d,\n"], "feature_blank", "line 5: age is blank"),
        ([*POOL, "a,old\n"], "person_twice", "line 5: the id “a” was already given in line 2"),
        ([*POOL, ",old\n"], "person_unnamed", "line 5: the id is blank"),
        ([*POOL, "d,old,x\n"], "row_length", "line 5: 3 cells"),
        (["id,age,AGE\n"], "table_header_twice", "“age” appears twice"),
    ],
)  # fmt: skip
def test_a_careless_pool_is_told_with_line_and_value(lines, code, words):
    with pytest.raises(MethodError) as refused:
        read_pool(lines, quotas_of())

    assert refused.value.code == code
    assert words in refused.value.sentence


def test_byte_order_mark_semicolons_blank_rows_and_stray_blanks_are_harmless():
    lines = ["\ufeffid;Age;note\r\n", "\r\n", "a; young ;x\r\n", ";;\r\n", "b;old;y\r\n"]

    pool = read_pool(lines, quotas_of())

    assert pool.ids == ("a", "b")
    assert pool.features == (("young",), ("old",))
    assert pool.extra_categories == ("note",)


def test_a_blank_household_is_a_household_of_ones_own():
    pool = read_pool(["id,age,household\n", "a,young,\n", "b,old,\n", "c,old,x\n"], quotas_of())

    assert len(set(pool.households)) == 3


def test_a_panel_larger_than_the_pool_is_refused():
    with pytest.raises(MethodError, match="A panel of 4 cannot be drawn from a pool of 3 people"):
        build_problem(read_pool(POOL, quotas_of()), quotas_of(), 4)


def test_a_pool_beyond_the_limit_is_refused_before_it_is_read_to_the_end(monkeypatch):
    monkeypatch.setattr(pool_module, "MAX_PEOPLE", 100)
    read = []

    def lines():
        yield "id,age\n"
        for number in range(1_000_000):
            read.append(number)
            yield f"p{number},old\n"

    with pytest.raises(MethodError, match="holds more than 100 people"):
        read_pool(lines(), quotas_of())

    assert len(read) < 200
