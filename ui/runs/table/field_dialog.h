// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>

class QWidget;

namespace simclr::ui {

class RunQueries;

/// Asks for a field of runs by its name in the filter's language ("batch", "best(loss)", "knn.validation"),
/// with the known ones offered while the user types. `take` is called with a field that exists.
void askForField(QWidget &parent, const QString &title, const RunQueries &queries,
                 std::function<void(const QString &)> take);

} // namespace simclr::ui
