// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/remembered.h"

#include <QSettings>
#include <QSplitter>

namespace simclr::ui {

void rememberSplitter(QSplitter &splitter, const QString &key) {
    const bool collapsible = splitter.childrenCollapsible();
    splitter.restoreState(QSettings().value(key).toByteArray());
    splitter.setChildrenCollapsible(collapsible); // restoreState() sets it too
    QObject::connect(&splitter, &QSplitter::splitterMoved, &splitter,
                     [&splitter, key] { QSettings().setValue(key, splitter.saveState()); });
}

} // namespace simclr::ui
