// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_main.h"
#include "tests/support/test_support.h"
#include "ui/runs/explore/map/column_file.h"
#include "ui/runs/explore/map/map_selection.h"
#include "ui/runs/explore/map/point_groups.h"

#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace simclr;
using namespace simclr::test;
using namespace simclr::ui;

namespace {

QStringList titlesOf(const PointGroups &groups) {
    QStringList titles;
    for (const PointGroup &group : groups.groups)
        titles.append(group.title);
    return titles;
}

std::vector<QString> texts(const QStringList &list) {
    return {list.begin(), list.end()};
}

FeatureTable tableOf(const Dataset &images) {
    FeatureTable table;
    for (std::uint32_t sample = 0; sample < images.size(); ++sample) {
        table.samples.push_back(sample);
        table.labels.push_back(images.label(sample));
        table.splits.push_back(sample % 3 == 0 ? ImageSplit::Test : ImageSplit::None);
    }
    return table;
}

} // namespace

/// How the points of a map are grouped and selected.
class TestPointGroups : public QObject {
    Q_OBJECT

    DatasetPtr m_images = openDataset("shapes");
    FeatureTable m_table = tableOf(*m_images);
    QTemporaryDir m_folder;

    ColumnFile read(const std::string &text) {
        const auto file = folderOf(m_folder) / "columns.csv";
        writeBytes(file, text);
        return readColumnFile(file, *m_images);
    }

  private Q_SLOTS:
    void classesKeepTheirOrder() {
        const PointGroups groups = groupsByClass(m_table, *m_images);
        QCOMPARE(groups.groupOf.size(), m_table.rows());
        QCOMPARE(groups.groups.size(), std::size_t(m_images->classCount()));
        QCOMPARE(groups.groups[0].title, QString::fromStdString(m_images->report().classNames[0]));
        QCOMPARE(groups.groups[0].count, m_images->report().classCounts[0]);
    }

    void unlabelledImagesComeLast() {
        m_table.labels[0] = Dataset::unlabelled;
        const PointGroups groups = groupsByClass(m_table, *m_images);
        m_table.labels[0] = m_images->label(0);
        QCOMPARE(groups.groups.back().look, PointGroup::Look::Unknown);
        QCOMPARE(groups.groups.back().count, std::size_t(1));
        QCOMPARE(groups.groupOf[0], std::uint32_t(groups.groups.size() - 1));
    }

    void splitsWithoutImagesAreLeftOut() {
        QCOMPARE(titlesOf(groupsBySplit(m_table)), QStringList({"test", "not used by the run"}));
    }

    void rightAndWrong() {
        std::vector<std::int32_t> predicted(m_table.rows(), -1);
        predicted[0] = m_table.labels[0];
        predicted[1] = m_table.labels[1] == 0 ? 1 : 0;
        const PointGroups groups = groupsByCorrectness(predicted, m_table);
        QCOMPARE(titlesOf(groups), QStringList({"right", "wrong", "not evaluated"}));
        QCOMPARE(groups.groupOf[1], 1u);
        QVERIFY(groups.groups[0].color() != groups.groups[1].color());
    }

    void fiftySixClassesDiffer() {
        QSet<QString> looks;
        for (int number = 0; number < 56; ++number) {
            PointGroup group;
            group.number = number;
            looks.insert(group.color().name() + QString::number(int(group.shape())));
        }
        QCOMPARE(looks.size(), 56);
    }

    void textsByFrequency() {
        const PointGroups groups = groupsByText(texts({"b", "a", "b", "", "c"}));
        QCOMPARE(titlesOf(groups), QStringList({"b", "a", "c", "no value"}));
        QCOMPARE(groups.groups[0].count, std::size_t(2));
        QCOMPARE(groups.groupOf[3], 3u);
    }

    void manyNumbersBecomeRanges() {
        QStringList numbers{QString()};
        for (int i = 0; i <= 100; ++i)
            numbers.append(QString::number(i * 0.01));
        const PointGroups groups = groupsByText(texts(numbers));
        QCOMPARE(groups.groups.size(), std::size_t(11));
        QCOMPARE(groups.groups[0].title, QStringLiteral("0 to 0.1"));
        QCOMPARE(groups.groups.back().title, QStringLiteral("no value"));
        QCOMPARE(groups.groupOf[1], 0u);
        QCOMPARE(groups.groupOf.back(), 9u); // the largest number is in the last range
        QVERIFY(groups.groups[0].color() != groups.groups[9].color());
    }

    void columnsByNameAndNumber() {
        const std::string name = m_images->sampleName(5);
        const ColumnFile named = read("file,blur,who\n" + name + ",0.5,me\nunknown,1,you\n");
        QVERIFY2(named.problem.isEmpty(), qPrintable(named.problem));
        QCOMPARE(named.columns, QStringList({"blur", "who"}));
        QCOMPARE(named.matched, std::size_t(1));
        QCOMPARE(named.of(QStringLiteral("who"), {4, 5}), texts({"", "me"}));
        const ColumnFile numbered = read("index,x\n7,one\n-1,two\n1e9,three\n");
        QCOMPARE(numbered.matched, std::size_t(1));
        QCOMPARE(numbered.of(QStringLiteral("x"), {7}), texts({"one"}));
    }

    void unusableFilesSayWhy_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("no key") << QByteArray("a,b\n1,2\n");
        QTest::newRow("no column") << QByteArray("index\n1\n");
        QTest::newRow("no image") << QByteArray("file,a\nnothing,2\n");
        QTest::newRow("broken") << QByteArray("file,a\n\"open,2\n");
    }
    void unusableFilesSayWhy() {
        QFETCH(QByteArray, text);
        const ColumnFile file = read(text.toStdString());
        QVERIFY(file.problem.endsWith('.') || file.problem.size() > 20);
        QVERIFY(file.columns.isEmpty());
    }

    void selectionsCombine() {
        MapSelection selection;
        QSignalSpy changed(&selection, &MapSelection::changed);
        selection.change({5, 3, 3}, SelectionChange::Replace);
        selection.change({4}, SelectionChange::Add);
        selection.change({3, 9}, SelectionChange::Remove);
        QCOMPARE(selection.samples(), (std::vector<std::uint32_t>{4, 5}));
        QCOMPARE(changed.count(), 3);
        selection.change({4}, SelectionChange::Add);
        QCOMPARE(changed.count(), 3); // nothing has changed
        const std::vector<std::uint32_t> rows{9, 5};
        QCOMPARE(selection.flagsOf(rows), (std::vector<std::uint8_t>{0, 1}));
        const std::vector<std::uint32_t> others{1, 2};
        QVERIFY(selection.flagsOf(others).empty());
    }
};

SIMCLR_TEST(TestPointGroups, QApplication)
#include "tst_point_groups.moc"
