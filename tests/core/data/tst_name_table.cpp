// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/name_table.h"

#include "tests/support/test_support.h"

#include <algorithm>

using namespace simclr;
using namespace simclr::test;

class TestNameTable : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void namesComeBack();
    void orderIsThatOfTheWholeNames();
    void canBeMoved();
};

namespace {

const std::vector<std::string> names{"b/1.png",   "a/b/1.png", "a-b/1.png", "1.png", "a/1.png", "a/b.png",
                                     "a/b/2.png", "a0/1.png",  "",          "a/",    "a/b",     "ab",
                                     "\xff/x",    "a//x",      "a/b/c/d",   "a/b!c", "b/1.png", "a/b/1.pn"};

NameTable tableOf(const std::vector<std::string> &list) {
    NameTable table;
    for (const std::string &name : list)
        table.add(name);
    return table;
}

} // namespace

void TestNameTable::namesComeBack() {
    NameTable table = tableOf(names);
    table.shrink();
    QCOMPARE(std::size_t{table.size()}, names.size());
    for (std::uint32_t i = 0; i < table.size(); ++i)
        QCOMPARE(table.at(i), names[i]);
}

void TestNameTable::orderIsThatOfTheWholeNames() {
    const NameTable table = tableOf(names);
    for (std::uint32_t i = 0; i < table.size(); ++i)
        for (std::uint32_t j = 0; j < table.size(); ++j)
            QCOMPARE(table.isBefore(i, j), names[i] < names[j]);
    std::vector<std::string> sorted;
    for (const std::uint32_t i : table.sortedOrder())
        sorted.push_back(table.at(i));
    QVERIFY(std::ranges::is_sorted(sorted));
    QVERIFY(std::ranges::is_permutation(sorted, names));
}

void TestNameTable::canBeMoved() {
    NameTable table = tableOf(names);
    NameTable moved = std::move(table);
    moved.add("new/1.png");
    moved.add("a/3.png");
    QCOMPARE(moved.at(1), names[1]);
    QCOMPARE(moved.at(moved.size() - 1), std::string("a/3.png"));
}

SIMCLR_TEST(TestNameTable)
#include "tst_name_table.moc"
