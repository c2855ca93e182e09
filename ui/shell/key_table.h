// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

namespace simclr::ui {

/// What some keys do.
struct KeyHelp {
    QList<QKeySequence> keys;
    QString meaning;
};

/// The keys of one place in the window.
struct KeySection {
    QString title;
    QList<KeyHelp> rows;
};

/// Every key of the window, as F1 lists them. A new shortcut gets its line here; tst_key_table compares both.
QList<KeySection> keyTable();

/// "Alt+1, Alt+2", as the desktop writes keys.
QString keysText(const KeyHelp &row);

} // namespace simclr::ui
