// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_main.h"
#include "ui/shell/application_names.h"
#include "ui/shell/help_box.h"
#include "ui/shell/key_table.h"
#include "ui/shell/main_window.h"

#include <QAbstractButton>
#include <QAction>
#include <QDialog>
#include <QLabel>
#include <QScrollArea>
#include <QSettings>
#include <QShortcut>
#include <QTemporaryDir>
#include <QtTest>

using namespace simclr::ui;

namespace {

/// Every shortcut of the window and its owner.
QMap<QKeySequence, QString> shortcutsOf(const QWidget &window) {
    QMap<QKeySequence, QString> found;
    for (const auto *shortcut : window.findChildren<QShortcut *>())
        found.insert(shortcut->key(), shortcut->parent()->objectName());
    for (const auto *button : window.findChildren<QAbstractButton *>())
        found.insert(button->shortcut(), button->objectName());
    for (const auto *action : window.findChildren<QAction *>())
        for (const QKeySequence &keys : action->shortcuts())
            found.insert(keys, action->objectName());
    found.remove(QKeySequence());
    return found;
}

QList<QKeySequence> listed() {
    QList<QKeySequence> all;
    for (const KeySection &section : keyTable())
        for (const KeyHelp &row : section.rows)
            all += row.keys;
    return all;
}

} // namespace

/// Compares the keys listed by F1 with the shortcuts of the window.
class TestKeyTable : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        nameApplication();
        QCOMPARE(QCoreApplication::applicationName(), QStringLiteral("simclr-workbench"));
        QCOMPARE(QGuiApplication::applicationDisplayName(), QStringLiteral("SimCLR Workbench"));
        QCoreApplication::setOrganizationName(QStringLiteral("simclr-tests")); // not the user's settings
        QCoreApplication::setApplicationName(QStringLiteral("tst_key_table"));
        QSettings().clear();
        m_window =
            std::make_unique<MainWindow>(m_folder.filePath(QStringLiteral("runs.sqlite")).toStdString());
        m_window->show();
    }
    void cleanupTestCase() { m_window.reset(); }

    /// If this fails, add the missing key to keyTable().
    void everyShortcutIsListed() {
        const QMap<QKeySequence, QString> shortcuts = shortcutsOf(*m_window);
        QVERIFY(shortcuts.size() > 20);
        const QList<QKeySequence> known = listed();
        for (auto shortcut = shortcuts.begin(); shortcut != shortcuts.end(); ++shortcut)
            QVERIFY2(known.contains(shortcut.key()),
                     qPrintable(shortcut.key().toString() + QStringLiteral(" of ") + shortcut.value()));
    }

    /// Every listed key with a modifier is a shortcut of the window; keys without one belong to the focused
    /// widget.
    void everyListedShortcutIsThere() {
        const QMap<QKeySequence, QString> shortcuts = shortcutsOf(*m_window);
        for (const QKeySequence &keys : listed())
            if (keys[0].keyboardModifiers() != Qt::NoModifier)
                QVERIFY2(shortcuts.contains(keys), qPrintable(keys.toString()));
    }

    void helpShowsAllOfThem() {
        openHelpBox(m_window.get());
        auto *help = m_window->findChild<QDialog *>(QStringLiteral("helpBox"));
        QVERIFY(help != nullptr);
        QStringList texts;
        for (const QLabel *label : help->findChildren<QLabel *>())
            texts.append(label->text());
        for (const KeySection &section : keyTable()) {
            QVERIFY(texts.contains(section.title));
            for (const KeyHelp &row : section.rows) {
                QVERIFY(!row.meaning.isEmpty());
                QVERIFY2(texts.contains(keysText(row)), qPrintable(keysText(row)));
                QVERIFY(texts.contains(row.meaning));
            }
        }
        help->close();
    }

    void helpFitsASmallScreen() {
        openHelpBox(m_window.get());
        auto *help = m_window->findChildren<QDialog *>(QStringLiteral("helpBox")).last();
        QVERIFY(help->minimumSizeHint().height() <= 500);
        QVERIFY(help->height() <= help->screen()->availableGeometry().height());
        help->close();
    }

  private:
    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
};

SIMCLR_TEST(TestKeyTable, QApplication)
#include "tst_key_table.moc"
