import pytest
from sentences import read


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("新增企业5家。", "f"),
        ("确保新增企业5家。", "f"),
        ("力争新增企业5家。", "a"),
        ("争取新增企业5家。", "a"),
        ("争创示范村5个。", "a"),
        ("计划改造老旧小区5个。", "a"),
        ("探索建设示范点5个。", "a"),
        ("鼓励新建充电桩5个。", "a"),
        ("2025年，力争新增企业5家。", "a"),
        ("力争新增博士3名、硕士5名。", "aa"),
        ("力争新增博士3名，建成平台2个。", "aa"),
        ("引进人才5名，力争新增博士3名，建成平台2个。", "faa"),
        ("力争引进人才5名。新增企业3家。", "af"),
        ("力争引进人才5名；新增企业3家。", "af"),
        ("力争新增企业3家，2026年新增企业4家。", "af"),
        ("力争到2030年，生产总值突破900亿元。", "a"),
        ("力争到2030年，生产总值突破900亿元，人均收入达到8万元。", "af"),
        ("实施人才计划，新增博士3名。", "f"),
        ("深化“瓯越英才计划”，新增博士3名。", "f"),
        ("新增工业互联网平台1家、力争未来工厂1家。", "fa"),
    ],
)
def test_an_aspirational_word_governs_what_follows_until_something_new(sentence, expected):
    found = [row["commitment"] for row in read(sentence) if row["role"] == "target"]
    assert "".join(word[0] for word in found) == expected
