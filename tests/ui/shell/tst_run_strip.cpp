// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_main.h"
#include "tests/ui/workspace/computing.h"
#include "ui/shell/run_strip.h"
#include "ui/widgets/theme.h"

#include <QLabel>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

using namespace simclr;
using namespace simclr::ui;
using namespace simclr::test;

namespace {

double luminance(const QColor &color) {
    const auto linear = [](double part) {
        return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// Contrast ratio of the Web Content Accessibility Guidelines.
double contrast(const QColor &one, const QColor &other) {
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

/// The visible colour of a translucent colour on a background.
QColor over(const QColor &ground, const QColor &veil) {
    const float share = veil.alphaF();
    return QColor::fromRgbF(ground.redF() + share * (veil.redF() - ground.redF()),
                            ground.greenF() + share * (veil.greenF() - ground.greenF()),
                            ground.blueF() + share * (veil.blueF() - ground.blueF()));
}

} // namespace

/// The strip at the bottom of every page.
class TestRunStrip : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() {
        const std::filesystem::path database = m_folder.filePath(QStringLiteral("runs.sqlite")).toStdString();
        m_computing = std::make_unique<Computing>(database);
        m_strip = std::make_unique<RunStrip>(m_computing->queue, m_computing->session);
        m_strip->resize(1000, 36);
        m_strip->show();
    }
    void cleanup() {
        m_strip.reset();
        theme::apply(*qApp, ThemeChoice::Light);
    }

    /// Also after the theme changes while the strip is shown.
    void textHasContrast_data() {
        QTest::addColumn<bool>("isDark");
        QTest::addColumn<bool>("isProblem");
        QTest::newRow("light") << false << false;
        QTest::newRow("dark") << true << false;
        QTest::newRow("light, failed") << false << true;
        QTest::newRow("dark, failed") << true << true;
    }
    void textHasContrast() {
        QFETCH(bool, isDark);
        QFETCH(bool, isProblem);
        theme::apply(*qApp, isDark ? ThemeChoice::Light : ThemeChoice::Dark);
        Q_EMIT m_computing->session.finished(
            isProblem ? RunEnd::Failed : RunEnd::Completed, 1,
            QStringLiteral("Training is complete. Test accuracy: linear 62.1 %."));
        requireContrast();
        theme::apply(*qApp, isDark ? ThemeChoice::Dark : ThemeChoice::Light);
        QCoreApplication::processEvents();
        requireContrast();
        m_strip->forget({1});
        requireContrast();
    }

  private:
    void requireContrast() {
        for (const QLabel *label : m_strip->findChildren<QLabel *>()) {
            const auto group = label->isEnabled() ? QPalette::Active : QPalette::Disabled;
            const QColor seen = over(theme::sunken(), label->palette().color(group, label->foregroundRole()));
            QVERIFY2(
                contrast(seen, theme::sunken()) >= 4.5,
                qPrintable(label->objectName() + QStringLiteral(" %1").arg(contrast(seen, theme::sunken()))));
        }
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Computing> m_computing;
    std::unique_ptr<RunStrip> m_strip;
};

SIMCLR_TEST(TestRunStrip, QApplication)
#include "tst_run_strip.moc"
