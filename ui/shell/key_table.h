// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

namespace simclr::ui {

/// Keys and what they do.
struct KeyHelp {
    QList<QKeySequence> keys;
    QString meaning;
};

/// The keys of one part of the window.
struct KeySection {
    QString title;
    QList<KeyHelp> rows;
};

/// Every key of the window, as listed by F1. Add new shortcuts here; tst_key_table checks that none is
/// missing.
QList<KeySection> keyTable();

/// "Alt+1, Alt+2", in the notation of the desktop.
QString keysText(const KeyHelp &row);

} // namespace simclr::ui
