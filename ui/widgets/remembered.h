// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QSplitter;

namespace simclr::ui {

/// Restores the last sizes of the parts of `splitter` from the settings, and stores them under `key` when the
/// user moves them.
void rememberSplitter(QSplitter &splitter, const QString &key);

} // namespace simclr::ui
