// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QSplitter;

namespace simclr::ui {

/// Puts the parts of `splitter` where a person left them last, and remembers under `key` where they are moved
/// to.
void rememberSplitter(QSplitter &splitter, const QString &key);

} // namespace simclr::ui
