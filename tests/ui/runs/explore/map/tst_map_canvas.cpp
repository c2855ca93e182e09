// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_main.h"
#include "ui/runs/explore/map/map_canvas.h"

#include <QSignalSpy>
#include <QtTest>
#include <cmath>
#include <memory>

using namespace simclr;
using namespace simclr::ui;

namespace {

/// Points on a square grid, in two groups by turns.
MapPoints grid(int side) {
    MapPoints points;
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x)
            points.push_back({float(x), float(y)});
    return points;
}

PointGroups twoGroups(std::size_t points) {
    PointGroups groups;
    groups.groups.resize(2);
    groups.groups[1].number = 1;
    for (std::size_t i = 0; i < points; ++i)
        groups.groupOf.push_back(std::uint32_t(i % 2));
    return groups;
}

} // namespace

/// The canvas under mouse, wheel and keys.
class TestMapCanvas : public QObject {
    Q_OBJECT

    std::unique_ptr<MapCanvas> m_canvas;
    std::vector<quint32> m_rows; ///< that were outlined
    SelectionChange m_change = SelectionChange::Replace;

    QPoint placeOf(std::size_t row) const {
        return m_canvas->transform().toPixels(m_canvas->points()[row]).toPoint();
    }
    void drag(const QPoint &from, const QPoint &to, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mousePress(m_canvas.get(), Qt::LeftButton, modifiers, from);
        for (int step = 1; step <= 10; ++step)
            QTest::mouseMove(m_canvas.get(), from + (to - from) * step / 10);
        QTest::mouseRelease(m_canvas.get(), Qt::LeftButton, modifiers, to);
    }
    QRgb pixelAt(std::size_t row) const { return m_canvas->grab().toImage().pixel(placeOf(row)); }

  private Q_SLOTS:
    void init() {
        m_canvas = std::make_unique<MapCanvas>();
        m_canvas->resize(400, 400);
        m_canvas->setPoints(grid(10));
        m_canvas->setGroups(twoGroups(100));
        m_canvas->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_canvas.get()));
        m_rows.clear();
        connect(m_canvas.get(), &MapCanvas::outlined, m_canvas.get(),
                [this](const std::vector<quint32> &rows, SelectionChange change) {
                    m_rows = rows;
                    m_change = change;
                });
    }
    void cleanup() { m_canvas.reset(); }

    void allPointsAreVisibleInTheirColours() {
        const QRgb background = m_canvas->palette().color(QPalette::Base).rgb();
        for (std::size_t row = 0; row < 100; ++row) {
            QVERIFY(m_canvas->rect().contains(placeOf(row)));
            QVERIFY(pixelAt(row) != background);
        }
        QVERIFY(pixelAt(0) != pixelAt(1));
        QCOMPARE(pixelAt(0), pixelAt(2));
    }

    void yGoesUp() {
        QVERIFY(placeOf(0).y() > placeOf(90).y());
        QVERIFY(placeOf(0).x() < placeOf(9).x());
    }

    void hiddenGroupsAreNeitherPaintedNorFound() {
        PointGroups groups = twoGroups(100);
        groups.groups[1].isHidden = true;
        m_canvas->setGroups(groups);
        QCOMPARE(pixelAt(1), m_canvas->palette().color(QPalette::Base).rgb());
        QVERIFY(!m_canvas->rowAt(placeOf(1)));
        QCOMPARE(m_canvas->rowAt(placeOf(2)), std::optional(2u));
        QTest::keyClick(m_canvas.get(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(m_rows.size(), std::size_t(50));
    }

    void rectangleSelects() {
        m_canvas->setTool(MapCanvas::Tool::Rectangle);
        drag(placeOf(0) + QPoint(-10, 10), placeOf(11) + QPoint(10, -10));
        QCOMPARE(m_rows, (std::vector<quint32>{0, 1, 10, 11}));
        QCOMPARE(m_change, SelectionChange::Replace);
        drag(placeOf(0) + QPoint(-10, 10), placeOf(0) + QPoint(10, -10), Qt::ControlModifier);
        QCOMPARE(m_rows, (std::vector<quint32>{0}));
        QCOMPARE(m_change, SelectionChange::Add);
    }

    void shiftDragIsALasso() {
        const QPoint margin(8, 8);
        QTest::mousePress(m_canvas.get(), Qt::LeftButton, Qt::ShiftModifier, placeOf(0) - margin);
        const QPoint corners[]{placeOf(20) + QPoint(-8, -8), placeOf(20) + QPoint(8, -8),
                               placeOf(0) + QPoint(8, 8), placeOf(0) + QPoint(-8, 8)};
        for (const QPoint &corner : corners)
            QTest::mouseMove(m_canvas.get(), corner);
        QTest::mouseRelease(m_canvas.get(), Qt::LeftButton, Qt::ShiftModifier, corners[3]);
        QCOMPARE(m_rows, (std::vector<quint32>{0, 10, 20}));
    }

    void escapeSelectsNothing() {
        m_canvas->setSelected(std::vector<std::uint8_t>(100, 1));
        m_rows = {1};
        QTest::keyClick(m_canvas.get(), Qt::Key_Escape);
        QVERIFY(m_rows.empty());
    }

    void selectedPointsStandOut() {
        const QRgb before = pixelAt(3);
        std::vector<std::uint8_t> selected(100);
        selected[2] = 1;
        m_canvas->setSelected(selected);
        QVERIFY(pixelAt(3) != before); // faded
        QVERIFY(m_canvas->spokenValue().contains(QStringLiteral("1 selected")));
    }

    void clickAndHoverFindThePoint() {
        QSignalSpy clicked(m_canvas.get(), &MapCanvas::clicked);
        std::optional<quint32> under;
        connect(m_canvas.get(), &MapCanvas::hovered, m_canvas.get(),
                [&under](std::optional<quint32> row) { under = row; });
        QTest::mouseMove(m_canvas.get(), placeOf(45) + QPoint(2, 1));
        QCOMPARE(under, std::optional(45u));
        QTest::mouseClick(m_canvas.get(), Qt::LeftButton, {}, placeOf(45) + QPoint(1, 1));
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked.front().front().toUInt(), 45u);
    }

    void draggingMovesAndTheWheelZooms() {
        const QPoint before = placeOf(44);
        drag(before, before + QPoint(60, -30));
        QVERIFY((placeOf(44) - before - QPoint(60, -30)).manhattanLength() <= 1);
        const double scale = m_canvas->transform().scale;
        const QPointF kept = m_canvas->transform().toUnits({100, 120});
        QWheelEvent zoom({100, 120}, m_canvas->mapToGlobal(QPointF(100, 120)), {}, {0, 240}, Qt::NoButton,
                         Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(m_canvas.get(), &zoom);
        QVERIFY(m_canvas->transform().scale > scale * 1.3);
        const QPointF after = m_canvas->transform().toUnits({100, 120});
        QVERIFY(std::hypot(after.x() - kept.x(), after.y() - kept.y()) < 1e-9);
        m_canvas->setPoints(grid(10)); // moves on: what is visible stays
        QVERIFY(m_canvas->transform().scale > scale * 1.3);
        QTest::keyClick(m_canvas.get(), Qt::Key_Home);
        QCOMPARE(m_canvas->transform().scale, scale);
    }

    void keysMoveAndZoom() {
        const QPointF center = m_canvas->transform().center;
        QTest::keyClick(m_canvas.get(), Qt::Key_Right);
        QVERIFY(m_canvas->transform().center.x() > center.x());
        QTest::keyClick(m_canvas.get(), Qt::Key_Up);
        QVERIFY(m_canvas->transform().center.y() > center.y());
        const double scale = m_canvas->transform().scale;
        QTest::keyClick(m_canvas.get(), Qt::Key_Minus);
        QVERIFY(m_canvas->transform().scale < scale);
    }

    void thinningIsSaid() {
        m_canvas->setMostMoving(30);
        QCOMPARE(m_canvas->paintedEvery(), 1);
        const QImage still = m_canvas->grab().toImage();
        QTest::keyClick(m_canvas.get(), Qt::Key_Plus);
        QTest::keyClick(m_canvas.get(), Qt::Key_Minus);
        QCOMPARE(m_canvas->paintedEvery(), 4);
        QVERIFY(m_canvas->grab().toImage() != still);
        QTRY_COMPARE(m_canvas->paintedEvery(), 1);
        QTest::keyClick(m_canvas.get(), Qt::Key_Home);
        QCOMPARE(m_canvas->grab().toImage(), still);
    }

    void aSinglePointAndNotFiniteOnesDoNotBreakIt() {
        m_canvas->setPoints({{5, 5}});
        m_canvas->setGroups(twoGroups(1));
        QVERIFY(m_canvas->rect().contains(placeOf(0)));
        m_canvas->setPoints({{5, 5}, {NAN, INFINITY}, {6, 6}});
        m_canvas->setGroups(twoGroups(3));
        QVERIFY(!m_canvas->grab().isNull());
        QVERIFY(m_canvas->rect().contains(placeOf(2)));
    }
};

SIMCLR_TEST(TestMapCanvas, QApplication)
#include "tst_map_canvas.moc"
